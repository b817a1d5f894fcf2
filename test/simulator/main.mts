import { env, argv, stdout } from 'node:process';
import type { ReceivedRequest } from './log.mts';
import { startSimulator } from './simulator.mts';

const DEFAULT_PORT = 4010;

function print(line: string): void {
	stdout.write(`${line}\n`);
}

function printRequest({ at, host, method, path, status }: ReceivedRequest): void {
	print(`${new Date(at).toISOString()}  ${host.padEnd(6)}  ${status ?? '---'}  ${method} ${path}`);
}

const port = Number(argv[2] ?? env['SIMULATOR_PORT'] ?? DEFAULT_PORT);
const rough = env['SIMULATOR_ROUGH'];
const simulator = await startSimulator({
	port,
	onRequest: printRequest,
	...(rough !== undefined && { rough }),
});

print(`Simulated Motive at ${simulator.url} (open it in a browser), API key: ${simulator.apiKey}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		print('Stopping');
		void simulator.stop();
	});
}
