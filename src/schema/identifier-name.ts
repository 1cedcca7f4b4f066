/** True for names that people give to keys: "id", "ID", "customer_id", "customerId", "uuid", "rowid", "index". */
export function isIdentifierName(name: string): boolean {
  return /(^|[^a-zA-Z])(id|ids|uuid|guid|key|rowid|pk|index)$/i.test(name) || /[a-z](Id|ID|Uuid|UUID|Key)$/.test(name);
}
