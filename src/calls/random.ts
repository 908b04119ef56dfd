export * from "../core/random.ts";
