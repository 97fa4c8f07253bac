// Bundles each entry into one file with a stable name, so that pages and the incremental build can rely on them.
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { build } from "vite";
import { writeHolidays } from "./holidays.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const output = process.env.FRONT_END_OUTPUT ?? resolve(root, "../CustomerComm.Web/wwwroot/app");
const scratch = resolve(root, "node_modules/.build");
const files = ["chat.js", "sign.js", "report.js", "evidence.js", "site.css"];

// Web Chat carries its words in fifty languages; our pages have three. The others are a fifth of the bundle.
const languages = new Set(["en-US", "zh-Hans", "zh-Hant"]);
const onlyOurLanguages = {
  name: "only-our-languages",
  transform(code, id) {
    if (!/botframework-webchat-api[/\\]dist[/\\]botframework-webchat-api\.mjs$/.test(id)) return null;
    const table = /\{(?:(?:"[\w-]+"|\w+):[\w$]+,)*"zh-Hans":[\w$]+,(?:(?:"[\w-]+"|\w+):[\w$]+,?)*\}/.exec(code);
    if (!table) throw new Error("Web Chat has changed: its table of languages was not found (scripts/build.mjs).");
    const kept = table[0].slice(1, -1).split(",").filter((row) => languages.has(row.split(":")[0].replaceAll('"', "")));
    return { code: code.replace(table[0], () => `{${kept.join()}}`), map: null };
  },
};

async function bundle(file) {
  const css = file.endsWith(".css");
  const name = file.slice(0, file.lastIndexOf("."));
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [onlyOurLanguages],
    publicDir: false,
    // Web Chat's Markdown parser asks for Node's punycode only to show foreign domain names.
    resolve: { alias: { punycode: join(root, "src/punycode.ts") } },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: join(scratch, name),
      emptyOutDir: true,
      target: ["es2020", "chrome87", "safari14"],
      modulePreload: false,
      chunkSizeWarningLimit: 2000,
      rollupOptions: {
        input: join(root, "src", css ? file : `${name}.ts`),
        output: {
          format: css ? "es" : "iife",
          entryFileNames: "[name].js",
          assetFileNames: "[name][extname]",
        },
      },
    },
  });
}

writeHolidays();
await rm(scratch, { recursive: true, force: true });
await mkdir(output, { recursive: true });
for (const file of files) {
  await bundle(file);
  // Renamed into place: whoever reads the folder meanwhile sees the old file or the new one, never half of one.
  const built = join(scratch, file.slice(0, file.lastIndexOf(".")), file);
  await rename(built, join(output, file));
  const { size } = await stat(join(output, file));
  const zipped = gzipSync(readFileSync(join(output, file))).length;
  console.log(`${file}  ${(size / 1000).toFixed(1)} kB, gzip ${(zipped / 1000).toFixed(1)} kB`);
}
