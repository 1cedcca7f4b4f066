import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileError, usageError } from "../core/errors.js";
import type { Table } from "../table/table.js";
import { readParquet } from "./parquet-reader.js";
import type { ReadTableOptions } from "./read-options.js";

/** Errors of DuckDB that name tables and columns, but never a cell. */
const SAFE_ERRORS = /^(?:Catalog|Parser|Binder|IO) Error: .*/;

/**
 * Reads a table or a query of a DuckDB database: `duckdb:file.db?table=name`, `duckdb:file.db?query=select ...`; without a file
 * the query has an empty database and may name files. The optional peer @duckdb/node-api writes it as a temporary Parquet file,
 * which is read and removed; the database is opened for reading only.
 *
 * Errors: E_USAGE_DUCKDB for another form of path, E_FILE_DUCKDB_MISSING where the package is not installed, E_FILE_NOT_FOUND,
 * E_FILE_DUCKDB; those of readParquet.
 */
export async function readDuckDb(path: string, options: ReadTableOptions = {}): Promise<Table> {
  const { file, query } = parsePath(path);
  if (file !== "") await stat(file);
  const folder = await mkdtemp(join(tmpdir(), "synth-duckdb-"));
  try {
    const copy = join(folder, "table.parquet");
    await runQuery(file, `copy (${query}) to '${copy.replaceAll("'", "''")}' (format parquet)`);
    return await readParquet([{ name: copy }], options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parsePath(path: string): { file: string; query: string } {
  const [, file = "", kind, rest = ""] = /^duckdb:([^?]*)\?(table|query)=(.+)$/s.exec(path) ?? [];
  if (kind === "query") return { file, query: rest.replace(/;\s*$/, "") };
  if (kind === "table" && file !== "") {
    const name = rest.split(".").map((part) => `"${part.replaceAll('"', '""')}"`);
    return { file, query: `select * from ${name.join(".")}` };
  }
  throw usageError("E_USAGE_DUCKDB", "a path of DuckDB names a table or a query", {
    where: path,
    hint: 'write "duckdb:file.db?table=name" or "duckdb:file.db?query=select ..."',
  });
}

async function runQuery(file: string, statement: string): Promise<void> {
  const { DuckDBInstance } = await loadDuckDb();
  try {
    const instance = await DuckDBInstance.create(file === "" ? ":memory:" : file, readOnly(file));
    const connection = await instance.connect();
    try {
      await connection.run(statement);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "";
    const reason =
      SAFE_ERRORS.exec(message)?.[0] ?? /^[A-Z][A-Za-z ]* Error/.exec(message)?.[0] ?? "an error of DuckDB";
    throw fileError("E_FILE_DUCKDB", `DuckDB cannot read this: ${reason}`, {
      where: file === "" ? "the query" : file,
      hint: "try the query in DuckDB itself",
    });
  }
}

function readOnly(file: string): Record<string, string> {
  return file === "" ? {} : { access_mode: "READ_ONLY" };
}

async function loadDuckDb() {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw fileError("E_FILE_DUCKDB_MISSING", "reading from DuckDB needs the package @duckdb/node-api", {
      hint: "npm install @duckdb/node-api",
      cause,
    });
  }
}
