/**
 * Checks the lengths in the metadata of an Arrow IPC file or stream before apache-arrow reads it: that reader trusts
 * them, and one damaged byte makes it loop or allocate for minutes. Every vector has to lie within its own buffer, every
 * message within the file. Throws an Error of plain words, or a RangeError of a read past the end.
 *
 * Format: https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc; slots of
 * tables by apache/arrow format/{File,Message,Schema}.fbs.
 */
export function checkArrowFraming(bytes: Uint8Array, isFile: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isFile) {
    for (let at = 0; at < view.byteLength; ) at = checkMessage(view, at);
    return;
  }
  const end = view.byteLength - FILE_END_LENGTH;
  const length = view.getInt32(end, true);
  if (length <= 0) throw new Error("the footer has no length");
  const footer = rootTable(new DataView(view.buffer, view.byteOffset + end - length, length));
  checkSchema(subTable(footer, 1), footer.view.byteLength);
  for (const slot of [2, 3]) {
    const blocks = vectorOf(footer, slot, 24);
    for (let index = 0; index < (blocks?.length ?? 0); index++) {
      checkMessage(view, readLength(footer.view, blocks!.start + index * 24));
    }
  }
  vectorOf(footer, 4, 4);
}

/** The length of the footer and the closing magic. */
const FILE_END_LENGTH = 10;

/** Rows of one batch; Arrow recommends 2^31 - 1 as the most. */
const MAX_BATCH_ROWS = 2 ** 31 - 1;

/** A flatbuffers table: where it begins in its buffer. */
interface FlatTable {
  readonly view: DataView;
  readonly start: number;
}

/** Checks the message at an offset of the file and returns where the next one begins; the file's end, for the last. */
function checkMessage(view: DataView, offset: number): number {
  let at = offset;
  let length = view.getInt32(at, true);
  at += 4;
  if (length === -1) {
    length = at + 4 <= view.byteLength ? view.getInt32(at, true) : 0;
    at += 4;
  }
  if (length === 0) return view.byteLength;
  if (length < 0) throw new Error("a message has a negative length");
  const message = rootTable(new DataView(view.buffer, view.byteOffset + at, length));
  const typeField = fieldOf(message, 1);
  const type = typeField === undefined ? 0 : message.view.getUint8(typeField);
  checkHeader(type, subTable(message, 2));
  vectorOf(message, 4, 4);
  const bodyField = fieldOf(message, 3);
  const bodyLength = bodyField === undefined ? 0 : readLength(message.view, bodyField);
  if (at + length + bodyLength > view.byteLength) throw new Error("a message is cut off");
  return at + length + bodyLength;
}

/** Message headers by their union's number: schema, dictionary batch, record batch. */
function checkHeader(type: number, header: FlatTable): void {
  if (type === 1) checkSchema(header, header.view.byteLength);
  else if (type === 2) checkBatch(subTable(header, 1));
  else if (type === 3) checkBatch(header);
  else throw new Error("a message is of an unknown type");
}

function checkBatch(batch: FlatTable): void {
  const lengthField = fieldOf(batch, 0);
  const rowCount = lengthField === undefined ? 0 : readLength(batch.view, lengthField);
  if (rowCount > MAX_BATCH_ROWS) throw new Error("a batch has too many rows");
  const nodes = vectorOf(batch, 1, 16);
  for (let index = 0; index < (nodes?.length ?? 0); index++) {
    if (readLength(batch.view, nodes!.start + index * 16) > MAX_BATCH_ROWS)
      throw new Error("a column has too many rows");
  }
  vectorOf(batch, 2, 16);
  vectorOf(batch, 4, 8);
}

/** Walks a schema's fields; more of them than the buffer could hold side by side are a knot. */
function checkSchema(schema: FlatTable, byteLength: number): void {
  vectorOf(schema, 2, 4);
  let budget = Math.ceil(byteLength / 4);
  const pending = tablesOf(schema, 1);
  for (let field = pending.pop(); field !== undefined; field = pending.pop()) {
    if (--budget < 0) throw new Error("the schema refers to itself");
    vectorOf(field, 6, 4);
    pending.push(...tablesOf(field, 5));
  }
}

function rootTable(view: DataView): FlatTable {
  return { view, start: view.getUint32(0, true) };
}

/** The position of a table's slot, or undefined where it has its default. */
function fieldOf({ view, start }: FlatTable, slot: number): number | undefined {
  const vtable = start - view.getInt32(start, true);
  const entry = 4 + slot * 2;
  const offset = entry < view.getUint16(vtable, true) ? view.getUint16(vtable + entry, true) : 0;
  return offset === 0 ? undefined : start + offset;
}

function subTable(table: FlatTable, slot: number): FlatTable {
  const field = fieldOf(table, slot);
  if (field === undefined) throw new Error("a table is missing");
  return { view: table.view, start: field + table.view.getUint32(field, true) };
}

/** A vector's first byte and number of elements, checked against its buffer; undefined where there is none. */
function vectorOf(table: FlatTable, slot: number, elementSize: number): { start: number; length: number } | undefined {
  const field = fieldOf(table, slot);
  if (field === undefined) return undefined;
  const at = field + table.view.getUint32(field, true);
  const length = table.view.getUint32(at, true);
  if (at + 4 + length * elementSize > table.view.byteLength) throw new Error("a vector is longer than its buffer");
  return { start: at + 4, length };
}

function tablesOf(table: FlatTable, slot: number): FlatTable[] {
  const vector = vectorOf(table, slot, 4);
  return Array.from({ length: vector?.length ?? 0 }, (_, index) => {
    const at = vector!.start + index * 4;
    return { view: table.view, start: at + table.view.getUint32(at, true) };
  });
}

/** A 64-bit length or offset; refused where it is negative or beyond 2^53 - 1. */
function readLength(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true));
  if (value < 0 || !Number.isSafeInteger(value)) throw new Error("a length is out of bounds");
  return value;
}
