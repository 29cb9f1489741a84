// Plain ES5, so that any Node can run it: too old a Node gets a sentence, not a stack trace.
var version = process.versions.node.split(".");
var major = Number(version[0]);
var minor = Number(version[1]);

if (major < 22 || (major === 22 && minor < 13)) {
  var event = process.env.npm_lifecycle_event;
  var script = !event || event === "preinstall" || event === "start" ? "start" : "run " + event;
  console.error("Ballast needs Node 22.13 or newer; this is Node " + process.versions.node + ".");
  console.error('Type: npx -y -p node@22 -c "npm ci && npm ' + script + '"');
  process.exit(1);
}
