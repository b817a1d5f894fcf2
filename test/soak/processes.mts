import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nServer } from '../n8n/server.mts';
import { executionsAtWork } from './logs.mts';

const PAUSE_MS = 1_000;

/** How a process of n8n has ended, and what it was doing. */
export interface Ending {
	process: string;
	/** `kill`: by the soak; `itself`: n8n gave up. */
	by: 'kill' | 'itself';
	/** IDs of the executions that it was running. */
	executions: string[];
}

/** A process of n8n that is started again whenever it has ended, as by a service manager. */
export class KeptProcess {
	private server: N8nServer | undefined;
	/** The one that was started last; all write to the same log. */
	private latest: N8nServer | undefined;
	private killed: N8nServer | undefined;
	private stopped = false;
	private readonly running: Promise<void>;

	constructor(
		private readonly name: string,
		private readonly start: () => Promise<N8nServer>,
		private readonly onEnd: (ending: Ending) => Promise<void>,
	) {
		this.running = this.keep();
	}

	/** The process, once it runs. */
	async ready(): Promise<N8nServer> {
		while (!this.server) await sleep(PAUSE_MS);
		return this.server;
	}

	/** Whether it runs and is ready. */
	get isUp(): boolean {
		return this.server !== undefined;
	}

	/** Kills it, as a crash does; nothing happens while it is not up. */
	async kill(): Promise<void> {
		this.killed = this.server;
		await this.server?.kill();
	}

	/** Everything that it has logged, also before it was started again. */
	async log(): Promise<string> {
		return (await this.latest?.log()) ?? '';
	}

	/** Ends it for good. */
	async stop(): Promise<void> {
		this.stopped = true;
		await this.server?.stop();
		await this.running;
	}

	private async keep(): Promise<void> {
		while (!this.isStopped()) {
			const server = await this.started();
			if (this.isStopped()) await server?.stop();
			if (!server) continue;
			this.server = server;
			this.latest = server;
			await server.ended;
			this.server = undefined;
			const executions = executionsAtWork(await server.log());
			const by = this.killed === server ? 'kill' : 'itself';
			if (!this.isStopped()) await this.onEnd({ process: this.name, by, executions });
		}
	}

	private isStopped(): boolean {
		return this.stopped;
	}

	private async started(): Promise<N8nServer | undefined> {
		try {
			return await this.start();
		} catch (error) {
			// Its database may be away just now.
			console.log(`${this.name} did not start: ${String(error).slice(0, 2_000)}`);
			await sleep(PAUSE_MS);
			return undefined;
		}
	}
}
