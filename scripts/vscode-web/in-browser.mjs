// VS Code without a machine behind it, as vscode.dev is: the page of the server, told that it has none. Extensions come
// by HTTP and run in a worker of the page.

import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from './builds.mjs';

const types = { '.json': 'application/json', '.js': 'text/javascript', '.md': 'text/markdown' };

/** The scheme of the workspace, which test/e2e/web/files provides. */
const scheme = 'netlint-test';

/**
 * Serves the page in front of a server, the repository below /repository/, and the files of a folder as /workspace.json.
 * `tests`: a suite to run; `openFile`: a file to show.
 */
export async function startInBrowser(server, folder, { settings, tests, openFile }) {
  const files = JSON.stringify(textsIn(folder));
  const proxy = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, server.origin);
    if (pathname === '/')
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(await page(server, request.headers.host, settings, tests));
    if (pathname === '/workspace.json') return response.writeHead(200, { 'content-type': types['.json'] }).end(files);
    if (pathname.startsWith('/repository/')) return sendFile(pathname.slice('/repository/'.length), response);
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const onward = http.request(server.origin + request.url, { method: request.method, headers });
    onward.on('response', answer => {
      const isChanged = pathname.endsWith('/workbench.js');
      const { 'content-length': length, ...others } = answer.headers;
      response.writeHead(answer.statusCode, isChanged || length === undefined ? others : answer.headers);
      if (isChanged) withoutMachine(answer).then(script => response.end(script));
      else answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  await new Promise(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${proxy.address().port}`;
  const payload = [['skipWelcome', 'true']];
  if (openFile) payload.push(['openFile', `${scheme}:/${openFile}`]);
  const query = new URLSearchParams({
    payload: JSON.stringify(payload),
    workspace: `${scheme}:/e2e.code-workspace`,
  });
  return { url: `${origin}/?${query}`, stop: () => proxy.close() };
}

// The settings of a user, who has none in a new browser, and what is under development.
async function page(server, authority, settings, tests) {
  const html = await (await fetch(`${server.origin}/`)).text();
  const at = file => ({ scheme: 'http', authority, path: `/repository${file}` });
  return html.replace(/(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/, (_all, start, escaped) => {
    const options = JSON.parse(escaped.replaceAll('&quot;', '"'));
    const developmentOptions = {
      ...options.developmentOptions,
      extensions: [at(''), at('/test/e2e/web/files')],
      ...(tests && { extensionTestsPath: at(tests) }),
    };
    const changed = JSON.stringify({ ...options, developmentOptions, configurationDefaults: settings });
    return start + changed.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  });
}

// code-server's workbench takes the server of the page for its machine, whatever the page says, and keeps what belongs to
// a user on it.
const ofMachine = [
  [/\bremoteAuthority:location\.host\b/, 'remoteAuthority:undefined'],
  [/(?<=\bget userRoamingDataHome\(\)\{[^}]*\{scheme:\w+\.)vscodeRemote\b/, 'vscodeUserData'],
];

async function withoutMachine(answer) {
  const script = await text(answer);
  const missing = ofMachine.filter(([pattern]) => !pattern.test(script));
  if (missing.length > 0) throw new Error(`This build of VS Code has no ${missing.join()}.`);
  return ofMachine.reduce((changed, [pattern, without]) => changed.replace(pattern, without), script);
}

function sendFile(name, response) {
  const file = path.join(root, decodeURIComponent(name));
  if (!file.startsWith(root + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile())
    return response.writeHead(404).end();
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(fs.readFileSync(file));
}

function textsIn(folder) {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter(name => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map(name => [`/${name.split(path.sep).join('/')}`, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}
