// Plain JavaScript, so that a Node that cannot run TypeScript still prints a useful message.
const wanted = 24;
const found = Number(process.versions.node.split('.')[0]);

if (found < wanted) {
  process.stderr.write(
    `Afterword needs Node ${wanted}, as on Lambda; this is ${process.version}.\n` +
      `On Linux "npm ci" brings it along: start with "npm start", which uses it. Elsewhere install Node ${wanted} first.\n`,
  );
  process.exit(1);
}
await import('./start.ts');
