/** Runs before the tests, and on any Node, hence no TypeScript: says what to do when it is not the one pinned here. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 24 || (major === 24 && minor < 18)) {
  console.error(
    `Sparring needs Node >= 24.18, and this is ${process.version}. The dev dependency "node" brings the right one: ` +
      'run "npm ci" without --ignore-scripts (or "npm rebuild node"), then "npm test" again.',
  );
  process.exit(1);
}
