import { expect, test } from "vitest";
import { nearest } from "../src/nearest.ts";

const fields = ["active", "domain", "key_size", "quota", "tags", "username"];

test.each([
  ["qouta", "quota"],
  ["domian", "domain"],
  ["Active", "active"],
  ["domains", "domain"],
  ["size", "key_size"],
  ["user", "username"],
  ["colour", undefined],
  ["", undefined],
  ["x".repeat(100_000), undefined],
])("the nearest name to %.20j is %j", (word, expected) => {
  expect(nearest(word, fields)).toBe(expected);
});
