import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { N8nServer } from '../../n8n/server.mts';
import { KeptProcess, type Ending } from '../../soak/processes.mts';

/** A process that ends when it is told to, or by itself. */
function fakeServer(log: string): N8nServer & { end: () => void } {
	const over = new EventEmitter();
	const end = () => void over.emit('end');
	const ended = once(over, 'end').then(() => undefined);
	const stop = async () => end();
	return { url: '', pid: undefined, log: async () => log, ended, end, stop, kill: stop };
}

/** A kept process, what it was started as, and how it has ended. */
function keep() {
	const servers: Array<ReturnType<typeof fakeServer>> = [];
	const endings: Ending[] = [];
	const start = async () => {
		const server = fakeServer('Worker started execution 7 (job 7)');
		servers.push(server);
		return server;
	};
	const process = new KeptProcess('worker', start, async (ending) => {
		endings.push(ending);
	});
	return { process, servers, endings };
}

describe('KeptProcess', () => {
	it('is started again when it was killed, and says what it was doing', async () => {
		const { process, servers, endings } = keep();
		await expect.poll(() => process.isUp).toBe(true);
		await process.kill();
		await expect.poll(() => servers.length).toBe(2);
		expect(endings).toEqual([{ process: 'worker', by: 'kill', executions: ['7'] }]);
		await process.stop();
	});

	it('is started again when it ended by itself, also after a kill', async () => {
		const { process, servers, endings } = keep();
		await expect.poll(() => process.isUp).toBe(true);
		await process.kill();
		await expect.poll(() => servers.length === 2 && process.isUp).toBe(true);
		servers[1]?.end();
		await expect.poll(() => servers.length).toBe(3);
		expect(endings.map(({ by }) => by)).toEqual(['kill', 'itself']);
		await process.stop();
	});

	it('is not started again once it was stopped, which is no ending', async () => {
		const { process, servers, endings } = keep();
		await expect.poll(() => process.isUp).toBe(true);
		await process.stop();
		expect(process.isUp).toBe(false);
		expect([servers.length, endings.length]).toEqual([1, 0]);
	});
});
