/** A failure that needs no stack: its message says what is wrong and what to do. */
export class Failure extends Error {}

/** Where a command works, and where what it says goes. */
export interface Place {
  /** The folder of the project. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

export type Command = (args: string[], place: Place) => Promise<void>;

/** Runs a command, and returns its exit code: a {@link Failure} becomes its message and 1. */
export async function execute(command: Command, args: string[], place: Place): Promise<number> {
  try {
    await command(args, place);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    place.complain(error.message);
    return 1;
  }
}

/** Runs a script. */
export async function run(command: Command): Promise<void> {
  const place = { folder: ".", say: console.log, complain: console.error };
  const code = await execute(command, process.argv.slice(2), place);
  // A command may have failed without stopping.
  if (code !== 0) process.exitCode = code;
}
