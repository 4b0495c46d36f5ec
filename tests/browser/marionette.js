'use strict';

/* Debian's Firefox in a test's hands, by the protocol that it has built in: a number, a colon, and
 * a message in JSON. Enough to open a page and to have a function run there. */

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');

/* Milliseconds that only a hang takes. */
const hang = 600000;

function profileIn(folder, port) {
  const profile = path.join(folder, 'firefox');
  fs.mkdirSync(profile);
  fs.writeFileSync(path.join(profile, 'user.js'), [
    `user_pref("marionette.port", ${port});`,
    'user_pref("browser.shell.checkDefaultBrowser", false);',
    'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
    'user_pref("app.update.auto", false);',
    'user_pref("network.captive-portal-service.enabled", false);',
    'user_pref("network.connectivity-service.enabled", false);'].join('\n'));
  return profile;
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function connect(port) {
  for (const end = Date.now() + hang; ;) {
    const socket = net.connect(port, '127.0.0.1');
    const good = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (good) return socket;
    if (Date.now() > end) throw new Error('Firefox does not answer');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/* Messages as they come, whole. */
function reader(socket, take) {
  let held = Buffer.alloc(0);
  socket.on('data', (data) => {
    held = Buffer.concat([held, data]);
    for (;;) {
      const colon = held.indexOf(':');
      const length = Number(held.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 1 || held.length < colon + 1 + length) return;
      take(JSON.parse(held.subarray(colon + 1, colon + 1 + length).toString()));
      held = held.subarray(colon + 1 + length);
    }
  });
}

/* { open(file), run(function, argument), close() }; the folder is for its profile. */
async function launchFirefox(folder) {
  const port = await freePort();
  const child = spawn('firefox-esr', ['--headless', '--marionette', '--no-remote', '--profile',
    profileIn(folder, port)], { stdio: 'ignore', env: { ...process.env, HOME: folder } });
  const socket = await connect(port);
  const waiting = new Map();
  let last = 0;
  reader(socket, (message) => {
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(result);
  });
  const ask = (command, parameters = {}) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    const text = JSON.stringify([0, last, command, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
  });
  await ask('WebDriver:NewSession', {});
  await ask('WebDriver:SetTimeouts', { script: hang, pageLoad: hang });
  return {
    open: (file) => ask('WebDriver:Navigate', { url: `file://${file}` }),
    async run(work, argument) {
      const { value } = await ask('WebDriver:ExecuteScript',
        { script: `return (${work})(arguments[0])`, args: [argument] });
      return value;
    },
    async close() {
      await ask('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
      socket.destroy();
      await new Promise((resolve) => {
        if (child.exitCode !== null) resolve();
        child.once('exit', resolve);
      });
    },
  };
}

module.exports = { launchFirefox };
