/** A failure that needs no stack: its message says what is wrong and what to do. */
export class Failure extends Error {}

/** Runs a script: a {@link Failure} becomes its message on stderr and exit code 1. */
export async function run(main: (args: string[]) => Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
