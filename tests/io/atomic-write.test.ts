import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { dataError } from "../../src/core/errors.js";
import { writeFileAtomically } from "../../src/io/atomic-write.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synth-atomic-"));
});

describe("writeFileAtomically", () => {
  it("writes text and bytes in order and leaves nothing else behind", async () => {
    await writeFileAtomically(join(folder, "a.txt"), ["é", new Uint8Array([10, 65]), ""]);
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("é\nA");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("replaces a file and keeps its mode", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old", { mode: 0o600 });
    await writeFileAtomically(path, ["new"]);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("follows a symbolic link instead of replacing it", async () => {
    writeFileSync(join(folder, "real.txt"), "old");
    symlinkSync(join(folder, "real.txt"), join(folder, "link.txt"));
    await writeFileAtomically(join(folder, "link.txt"), ["new"]);
    expect(readFileSync(join(folder, "real.txt"), "utf8")).toBe("new");
  });

  it("keeps the old file and removes the temporary one when the source of chunks throws", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old");
    async function* failing() {
      yield "half";
      throw dataError("E_DATA_PLANTED", "planted");
    }
    await expect(writeFileAtomically(path, failing())).rejects.toMatchObject({ code: "E_DATA_PLANTED" });
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("leaves nothing behind when it is aborted half-way", async () => {
    const controller = new AbortController();
    function* aborting() {
      yield "half";
      controller.abort();
      yield "more";
    }
    const writing = writeFileAtomically(join(folder, "a.txt"), aborting(), { signal: controller.signal });
    await expect(writing).rejects.toMatchObject({ kind: "interrupted", code: "E_INTERRUPTED" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not open anything once aborted", async () => {
    const writing = writeFileAtomically(join(folder, "a.txt"), ["x"], { signal: AbortSignal.abort() });
    await expect(writing).rejects.toMatchObject({ code: "E_INTERRUPTED" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("names a full disk and removes the temporary file (write fails with ENOSPC half-way)", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old");
    const writing = writeFileAtomically(path, ["first", "second"], { openFile: openOnFullDisk });
    await expect(writing).rejects.toMatchObject({ kind: "file", code: "E_FILE_DISK_FULL", where: path });
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it.skipIf(!existsSync("/dev/full"))("names a full disk (the kernel's own /dev/full)", async () => {
    await expect(writeFileAtomically("/dev/full", ["x"])).rejects.toMatchObject({ code: "E_FILE_DISK_FULL" });
  });

  it.skipIf(!existsSync("/dev/null"))("writes to a device directly and leaves it a device", async () => {
    await writeFileAtomically("/dev/null", ["x"]);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("refuses a folder, a missing folder and a path below a file, by code and remedy", async () => {
    await mkdir(join(folder, "inner"));
    writeFileSync(join(folder, "file"), "x");
    await expect(writeFileAtomically(join(folder, "inner"), ["x"])).rejects.toMatchObject({
      code: "E_FILE_IS_FOLDER",
      hint: "add a file name",
    });
    await expect(writeFileAtomically(join(folder, "none", "a.txt"), ["x"])).rejects.toMatchObject({
      code: "E_FILE_FOLDER_MISSING",
      hint: "create the folder first",
    });
    await expect(writeFileAtomically(join(folder, "file", "a.txt"), ["x"])).rejects.toMatchObject({
      code: "E_FILE_FOLDER_MISSING",
    });
  });

  it("names a folder that may not be written to", async () => {
    const denied = async () => {
      throw Object.assign(new Error("EACCES"), { code: "EACCES", syscall: "open" });
    };
    const writing = writeFileAtomically(join(folder, "a.txt"), ["x"], { openFile: denied });
    await expect(writing).rejects.toMatchObject({ kind: "file", code: "E_FILE_PERMISSION" });
  });
});

/** Opens the file, but its second write fails as on a full disk. */
async function openOnFullDisk(path: string, flags: string, mode: number) {
  const handle = await open(path, flags, mode);
  const writeFile = handle.writeFile.bind(handle);
  let writes = 0;
  handle.writeFile = async (...given: Parameters<typeof writeFile>) => {
    if (++writes > 1) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" });
    return writeFile(...given);
  };
  return handle;
}
