/** A link to the report in a folder beside the page; each step is escaped, so that no name can lead elsewhere. */
export function linkTo(folder: string): string {
  return `./${folder.split("/").map(encodeURIComponent).join("/")}/report.html`;
}
