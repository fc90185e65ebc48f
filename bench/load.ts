import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';

const run = promisify(execFile);

/** One kind of request; with `mix`, every tenth request is that one instead. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly mix?: Omit<LoadRequest, 'mix'>;
}

/** Debian's wrk where it is installed, since it takes least of the machine; else autocannon. */
export const loadTool = spawnSync('wrk', ['--version']).error ? 'autocannon' : 'wrk';

/** Requests a second that a server answers under load for some seconds. */
export function load(
  url: string,
  request: LoadRequest,
  connections: number,
  seconds: number,
): Promise<number> {
  return loadTool === 'wrk'
    ? loadByWrk(url, request, connections, seconds)
    : loadByAutocannon(url, request, connections, seconds);
}

const scripts = mkdtempSync(join(tmpdir(), 'sparring-bench-'));
let scriptCount = 0;

async function loadByWrk(
  url: string,
  request: LoadRequest,
  connections: number,
  seconds: number,
): Promise<number> {
  const script = join(scripts, `${++scriptCount}.lua`);
  const { host } = new URL(url);
  writeFileSync(script, luaOf(withHost(request, host)));
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '-s',
    script,
    `${url}${request.path}`,
  ]);
  const [, rate = '0'] = /Requests\/sec:\s+([\d.]+)/.exec(stdout) ?? [];
  return Number(rate);
}

/** wrk's own Host field goes when a script formats its requests itself. */
function withHost(request: LoadRequest, host: string): LoadRequest {
  const { headers, mix } = request;
  const added = { ...request, headers: { ...headers, host } };
  return mix ? { ...added, mix: { ...mix, headers: { ...mix.headers, host } } } : added;
}

function luaOf(request: LoadRequest): string {
  const { mix } = request;
  if (!mix) {
    return `local line = nil
init = function() line = wrk.format(${formatArguments(request)}) end
request = function() return line end
`;
  }
  return `local first = nil
local second = nil
local count = 0
init = function()
  first = wrk.format(${formatArguments(request)})
  second = wrk.format(${formatArguments(mix)})
end
request = function()
  count = count + 1
  if count % 10 == 0 then return second end
  return first
end
`;
}

function formatArguments({ method, path, headers, body }: Omit<LoadRequest, 'mix'>): string {
  const fields = Object.entries(headers).map(
    ([name, value]) => `[${JSON.stringify(name)}]=${JSON.stringify(value)}`,
  );
  return `${JSON.stringify(method)}, ${JSON.stringify(path)}, {${fields.join(', ')}}, ${body === undefined ? 'nil' : JSON.stringify(body)}`;
}

async function loadByAutocannon(
  url: string,
  request: LoadRequest,
  connections: number,
  seconds: number,
): Promise<number> {
  const { mix, ...plain } = request;
  const requests = mix ? [...Array<typeof plain>(9).fill(plain), mix] : [plain];
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: requests.map((one) => ({ ...one })),
  });
  return result.requests.average;
}
