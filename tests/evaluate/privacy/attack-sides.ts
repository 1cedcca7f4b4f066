import type { AttackedSides } from "../../../src/evaluate/privacy/attack-targets.js";
import { readAttributes } from "../../../src/evaluate/privacy/attribute-table.js";
import { codeTable } from "../../../src/evaluate/privacy/coded-table.js";
import { type AuditTables, fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import type { AuditSide } from "../../../src/evaluate/privacy/prepare-audit.js";
import type { Table } from "../../../src/table/table.js";

/** All rows of the tables in their order, as attacks see them. */
export function attackSides(tables: Required<AuditTables>): AttackedSides {
  const names = tables.train.columns.map((column) => column.name);
  const space = fitGowerSpace(tables, names);
  const side = (table: Table): AuditSide => {
    const all = codeTable(space, table);
    const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
    return { all, rows, sample: all, attributes: readAttributes(space, table, rows) };
  };
  return { train: side(tables.train), synthetic: side(tables.synthetic), holdout: side(tables.holdout) };
}
