// Official Chinese holidays and make-up days, from the package into data of the product: src/CustomerComm.App needs no Node to
// build and the product none to run. Written only where it changed, so that a newer package shows as a change of the file.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const firstYear = 2025;
const file = resolve(dirname(fileURLToPath(import.meta.url)), "../../CustomerComm.App/Company/Data/holidays-cn.json");

export function writeHolidays() {
  const source = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json");
  const days = (table) => Object.keys(table).filter((day) => Number(day.slice(0, 4)) >= firstYear).sort();
  const data = { holidays: days(source.holidays), makeUpDays: days(source.workdays) };
  const text = `${JSON.stringify(data, null, 1)}\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
