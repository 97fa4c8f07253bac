// Bundles each entry into one file with a stable name, so that pages and the incremental build can rely on them.
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { build } from "vite";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const output = process.env.FRONT_END_OUTPUT ?? resolve(root, "../CustomerComm.Web/wwwroot/app");
const scratch = resolve(root, "node_modules/.build");
const files = ["chat.js", "sign.js", "report.js", "site.css"];

async function bundle(file) {
  const css = file.endsWith(".css");
  const name = file.slice(0, file.lastIndexOf("."));
  await build({
    root,
    configFile: false,
    logLevel: "warn",
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
