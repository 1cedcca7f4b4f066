import type { Table } from "../table/table.js";
import type { ValueType } from "./expression.js";

/** What an expression knows of a column. */
export interface ExpressionColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Dates: the written form, see DATE_FORMATS. */
  readonly format?: string;
  /** Booleans: of false and of true. */
  readonly spellings?: readonly [string, string];
  /** Texts: those that may be named; absent where all may. */
  readonly levels?: readonly string[];
  /** Texts: values seen in fewer rows are not among the levels. */
  readonly unpublishedBelow?: number;
}

/** What expressions over a table know of its columns. Any text may be named. */
export function columnsOfTable(table: Table): readonly ExpressionColumn[] {
  return table.columns.map((column) => {
    const { name, kind } = column;
    switch (kind) {
      case "number":
      case "text":
        return { name, type: kind };
      case "date":
        return { name, type: kind, format: column.format };
      case "boolean":
        return { name, type: kind, spellings: column.dictionary };
      default:
        return kind satisfies never;
    }
  });
}
