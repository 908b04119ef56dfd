/** What the database says about a value that it refuses, and mailcow passes on. */
export type SqlError = readonly [state: string, code: number, text: string];

const meanings: Readonly<Record<string, string>> = {
  "22001": "String data, right truncated",
  "22003": "Numeric value out of range",
  "23000": "Integrity constraint violation",
};

/** The first value that does not fit its column: texts have 255 letters, numbers one byte. */
export function misfit(values: Readonly<Record<string, string | number>>): SqlError | undefined {
  for (const [column, value] of Object.entries(values)) {
    if (typeof value === "string" && [...value].length > 255)
      return ["22001", 1406, `Data too long for column '${column}' at row 1`];
    if (typeof value === "number" && (value < -128 || value > 127))
      return ["22003", 1264, `Out of range value for column '${column}' at row 1`];
  }
  return undefined;
}

export const duplicate = (value: string, key = "PRIMARY"): SqlError => [
  "23000",
  1062,
  `Duplicate entry '${value}' for key '${key}'`,
];

/** The error as PHP puts it into words. */
export const inWords = ([state, code, text]: SqlError): string =>
  `SQLSTATE[${state}]: ${meanings[state]}: ${code} ${text}`;

/** The error as part of a message. */
export const mysqlError = (errorInfo: SqlError): readonly unknown[] => ["mysql_error", { errorInfo }];

/** A change by an id that is not a number; reads and deletions take what it begins with. */
export const wrongId = (id: string): SqlError => ["22007", 1292, `Truncated incorrect DECIMAL value: '${id}'`];
