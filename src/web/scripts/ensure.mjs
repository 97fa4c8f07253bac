// Brings the bundles up to date: `npm ci` when the lock file changed, the build when a source did. Run by the .NET
// build, possibly by several projects at once; one works, the others wait and then find nothing left to do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const output = process.env.FRONT_END_OUTPUT ?? resolve(root, "../CustomerComm.Web/wwwroot/app");
const bundles = ["chat.js", "sign.js", "report.js", "evidence.js", "site.css"].map((file) => join(output, file));
const lock = join(root, ".build-lock");
const installed = join(root, "node_modules", ".installed");
const patience = 10 * 60_000;

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js 20.19 or later is needed to build the front end (src/web); this is ${process.version}.`);
  process.exit(1);
}

function hash(...files) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return sum.digest("hex");
}

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function run(command) {
  const { status, error } = spawnSync(command, { cwd: root, shell: true, stdio: "inherit" });
  const reason = error?.message ?? `exit ${status}`;
  if (error || status !== 0) throw new Error(`\`${command}\` failed in src/web: ${reason}.`);
}

function text(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function locked(work) {
  const owner = join(lock, "pid");
  for (const begun = Date.now(); ; ) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    // A build that was killed leaves its lock behind; one without an owner is just being made, or was left by a crash.
    const pid = Number(text(owner));
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (pid ? !alive(pid) : age > 5_000) rmSync(lock, { recursive: true, force: true });
    else if (Date.now() - begun > patience) throw new Error(`Another build holds ${lock}.`);
    else await new Promise((wake) => setTimeout(wake, 250));
  }
  try {
    writeFileSync(owner, String(process.pid));
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

try {
  await locked(() => {
    const wanted = hash(join(root, "package.json"), join(root, "package-lock.json"));
    if (text(installed) !== wanted) {
      run("npm ci --no-audit --no-fund --loglevel=error");
      writeFileSync(installed, wanted);
    }
    const stamp = join(output, ".sources");
    const current = hash(
      ...["package.json", "package-lock.json", "tsconfig.json"].map((file) => join(root, file)),
      ...sources(join(root, "src")), ...sources(join(root, "scripts")),
    );
    if (text(stamp) !== current || !bundles.every(existsSync)) {
      run("npm run build --silent");
      writeFileSync(stamp, current);
    }
    // Nothing changed but times, as after a checkout: newer bundles tell the .NET build so.
    const now = new Date();
    for (const bundle of bundles) utimesSync(bundle, now, now);
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
