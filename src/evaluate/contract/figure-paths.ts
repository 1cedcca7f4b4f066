import { z } from "zod";
import { reportSchema } from "../report-schema.js";
import { figureSchema } from "./figure-schema.js";

/**
 * The path of every figure that a report can have, in the report's order: keys joined by dots, [] after a list
 * ("privacy.groups[].dcrShare"). Plain numbers count as figures. The release itself and what the schema leaves open are left out.
 */
export function figurePaths(): string[] {
  const { version, release, ...shape } = reportSchema.shape;
  return pathsBelow(z.strictObject(shape), "");
}

function pathsBelow(schema: unknown, path: string): string[] {
  if (schema === figureSchema || schema instanceof z.ZodNumber) return [path];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return pathsBelow(schema.unwrap(), path);
  if (schema instanceof z.ZodArray)
    return schema.element instanceof z.ZodNumber ? [] : pathsBelow(schema.element, `${path}[]`);
  if (!(schema instanceof z.ZodObject)) return [];
  const inside = path === "" ? "" : `${path}.`;
  return Object.entries(schema.shape).flatMap(([key, inner]) => pathsBelow(inner, `${inside}${key}`));
}
