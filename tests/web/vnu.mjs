/*
 * Gives pages to vnu, the validator of HTML. Used by check.mjs. In portions: a line of arguments has
 * an end, and so has the memory of the machine.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";

/* What is wrong with FILES, a line each. A validator that did not run to its end is wrong too; and a
   file that is not there, of which it says nothing. */
export function wrongMarkup(jar, files, { java = "java", portion = 400 } = {}) {
  const wrong = files.filter((file) => !fs.existsSync(file)).map((file) => "no such file: " + file);
  for (let at = 0; at < files.length; at += portion) {
    const given = files.slice(at, at + portion);
    const { status, signal, error, stderr } = spawnSync(java,
      ["-Xmx700m", "-jar", jar, "--errors-only", "--format", "gnu", ...given], { encoding: "utf8", maxBuffer: 1 << 26 });
    const lines = (stderr || "").split("\n").filter((line) => line.trim());
    wrong.push(...lines);
    if (status !== 0 && lines.length === 0) wrong.push(`vnu failed on ${given.length} files: ${error || signal || status}`);
  }
  return wrong;
}
