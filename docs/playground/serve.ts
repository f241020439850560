import { createServer } from 'node:http';
import { buildPlayground } from './build.js';

/** Serves the playground to this machine: `npm run playground`. */
const files = await buildPlayground();
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const port = Number(process.env.PORT ?? 8080);
createServer((request, response) => {
  const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  const content = files.get(name);
  response.writeHead(content === undefined ? 404 : 200, {
    'content-type': `${TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
  });
  response.end(content ?? 'There is no such file.');
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
