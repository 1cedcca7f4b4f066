import { z } from "zod";
// CONTRACT (to be filled in by the owner of encode/): the signatures that gan/, sample/, artifact/ and the facade build on.
//
// export const tableEncodingSchema: z.ZodType<TableEncoding>        plain JSON, stands in the artifact's manifest
// export interface EncodingOptions { numbers: "quantile-bins" | "mode-specific"; minCategoryCount: number; bins: number; levelsPerNumber: number; maxModes: number }
// export function fitTableEncoding(table: Table, schema: TableSchema, options: EncodingOptions, random: RandomStream, onProgress?: OnProgress): TableEncoding
// export function fieldsOf(encoding: TableEncoding): readonly Field[]
// export function encodeTable(encoding: TableEncoding, table: Table, random: RandomStream): EncodedTable
// export function decodeTable(encoding: TableEncoding, encoded: EncodedTable, random: RandomStream, firstRow?: number): Table
export const contract = z.never();
