// Bundles the scripts of the pages into ../static/built/, with the licences of what is in them.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const built = new URL("../static/built/", import.meta.url);

async function licences() {
  const lock = JSON.parse(await readFile("package-lock.json", "utf8"));
  const packages = Object.entries(lock.packages).filter(([path, each]) => path && !each.dev);
  const texts = packages.map(async ([path, { version, license }]) => {
    const file = (await readdir(path)).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? await readFile(`${path}/${file}`, "utf8") : `${license}\n`;
    return `${path.replace(/^.*node_modules\//, "")} ${version}\n\n${text}`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(78)}\n\n`);
}

// The prefixes of the whole web, which the editor is not to offer: the library has them in one object.
const foreignPrefixes = /= \{(?=[^{}]*\brdrel,\s*sco,)[^{}]*\}/g;
const withoutForeignPrefixes = {
  name: "without-foreign-prefixes",
  setup(bundling) {
    bundling.onLoad({ filter: /yasqe\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (text.match(foreignPrefixes)?.length !== 1) throw new Error(`${path}: the prefixes are elsewhere`);
      return { contents: text.replace(foreignPrefixes, "= {}"), loader: "js" };
    });
  },
};

await rm(built, { recursive: true, force: true });
await mkdir(built);
await build({
  entryPoints: ["src/editor.js", "src/charts.js", "src/page.js"],
  outdir: built.pathname,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
  plugins: [withoutForeignPrefixes],
});
await writeFile(new URL("licences.txt", built), await licences());
