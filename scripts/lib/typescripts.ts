/** The versions of TypeScript under which a program that uses the library is type-checked. */
export const typescripts: readonly string[] = ["5.9.3", "7.0.2"];
