import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { z } from 'zod';
import { execution, missingIds, type BinaryFile, type Execution } from './execution.mts';
import type { StoredCredential, Workflow } from './workflow.mts';

/** Owner account of an n8n that only this project uses. The password follows n8n's rules: 8 characters, 1 capital, 1 digit. */
export const DEMO_LOGIN = { email: 'demo@example.com', password: 'Motive-demo-1' };

/** The email and password of a user of n8n. */
export type Login = typeof DEMO_LOGIN;

const inData = <T extends z.ZodTypeAny>(data: T) => z.object({ data });
const settings = inData(
	z.object({ userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }) }),
);
const withId = inData(z.object({ id: z.string() }));
const started = inData(z.object({ executionId: z.string() }));
const credentialTest = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });
const credentialData = inData(z.object({ data: z.record(z.unknown()) }));
const anyWorkflow = inData(z.object({ versionId: z.string() }).passthrough());
const refusal = z.object({ message: z.string() });
const publication = inData(
	z.object({
		status: z.string(),
		triggers: z.array(z.object({ errorMessage: z.string().nullish() })),
	}),
);
const listed = inData(
	z.object({
		results: z.array(execution.pick({ id: true, status: true })),
		/** Where the list goes on; old versions have none. */
		nextCursor: z.string().nullish(),
	}),
);
/** An execution in a list. */
type Listed = Pick<Execution, 'id' | 'status'>;

/** For requests that may be refused. */
const EVEN_REFUSED = { validateStatus: () => true };
/** Everything that an execution can be. */
const STATUSES = [
	'canceled',
	'crashed',
	'error',
	'new',
	'running',
	'success',
	'unknown',
	'waiting',
];
/** Statuses with which an n8n answers that does not know a request. */
const UNKNOWN_ROUTE = [404, 405];

/** Does what a user does in the editor, over n8n's REST API. */
export class N8nClient {
	private constructor(private readonly http: AxiosInstance) {}

	/** Logs in; a fresh n8n is given this owner first. */
	static async connect(url: string, login: Login = DEMO_LOGIN): Promise<N8nClient> {
		// A busy n8n sometimes closes a kept connection just as a request is sent.
		const httpAgent = new Agent({ keepAlive: false });
		const http = axios.create({ baseURL: url, proxy: false, timeout: 30_000, httpAgent });
		const { userManagement } = settings.parse(
			(await http.get<unknown>('/rest/settings')).data,
		).data;
		const answer = userManagement.showSetupOnFirstLoad
			? await http.post<unknown>('/rest/owner/setup', {
					...login,
					firstName: 'Demo',
					lastName: 'Owner',
				})
			: await http.post<unknown>('/rest/login', {
					emailOrLdapLoginId: login.email,
					password: login.password,
				});
		http.defaults.headers.common['cookie'] = cookiesOf(answer).join('; ');
		http.defaults.headers.common['x-n8n-api-key'] = await createApiKey(http);
		return new N8nClient(http);
	}

	/** Stores a credential of the given type. */
	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential> {
		const answer = await this.http.post<unknown>('/rest/credentials', { name, type, data });
		return { id: withId.parse(answer.data).data.id, name, type };
	}

	/** Tests a stored credential: whether it works, and what n8n says about it. */
	async testCredential(credential: StoredCredential): Promise<{ ok: boolean; message: string }> {
		const answer = await this.http.post<unknown>(
			`/api/v1/credentials/${credential.id}/test`,
			{},
			EVEN_REFUSED,
		);
		const { status, message } = credentialTest.parse(
			UNKNOWN_ROUTE.includes(answer.status) ? await this.testAsEditor(credential) : answer.data,
		);
		return { ok: status === 'OK', message };
	}

	/**
	 * What happens between "Connect my account" and the end of the small window that it opens, for a service that
	 * agrees without asking anybody.
	 * @returns what n8n shows in that window at the end
	 */
	async connectAccount({ id }: StoredCredential): Promise<string> {
		const answer = await this.http.get<unknown>('/rest/oauth2-credential/auth', { params: { id } });
		// n8n takes the sign-in only from the browser that began it, which it knows by this cookie.
		const cookie = [this.http.defaults.headers.common['cookie'], ...cookiesOf(answer)].join('; ');
		const signInUrl = inData(z.string()).parse(answer.data).data;
		const signIn = await axios.get(signInUrl, {
			proxy: false,
			maxRedirects: 0,
			validateStatus: (code) => code === 302,
		});
		const back = z.string().parse(signIn.headers['location']);
		return z.string().parse((await this.http.get<unknown>(back, { headers: { cookie } })).data);
	}

	/** Stores a workflow under a new id, not active, and returns the id. */
	async createWorkflow(workflow: Workflow): Promise<string> {
		const content = { settings: {}, ...workflow, id: undefined, active: false };
		const answer = await this.http.post<unknown>('/rest/workflows', content);
		return withId.parse(answer.data).data.id;
	}

	/**
	 * Runs a workflow from its trigger node of this name and waits for the end, good or bad.
	 * @param timeout milliseconds until it throws, without stopping the execution
	 */
	async run(workflowId: string, triggerName: string, timeout = 60_000): Promise<Execution> {
		return await this.finished(await this.start(workflowId, triggerName), timeout);
	}

	/** Writes a message into the chat of a workflow that starts with this chat trigger, and waits for the end. */
	async chat(workflowId: string, triggerName: string, chatInput: string): Promise<Execution> {
		const message = { json: { sessionId: 'chat', action: 'sendMessage', chatInput } };
		const run = {
			executionStatus: 'success',
			executionIndex: 0,
			startTime: Date.now(),
			executionTime: 0,
			source: [],
		};
		const trigger = { name: triggerName, data: { ...run, data: { main: [[message]] } } };
		return await this.finished(
			started.parse(await this.startFrom(workflowId, trigger)).data.executionId,
			120_000,
		);
	}

	/** Starts a workflow from its trigger node of this name, and returns the id of the execution. */
	async start(workflowId: string, triggerName: string): Promise<string> {
		return started.parse(await this.startFrom(workflowId, { name: triggerName })).data.executionId;
	}

	/** The status of an execution. Without the data of its nodes it costs n8n next to nothing. */
	async execution(id: string, includeData = true): Promise<Execution> {
		const answer = await this.http.get<unknown>(`/api/v1/executions/${id}`, {
			params: { includeData },
		});
		return execution.parse(answer.data);
	}

	/** Stores new content for a workflow. An active one keeps running the old content until it is activated again. */
	async updateWorkflow(workflowId: string, { nodes, connections }: Workflow): Promise<void> {
		const { versionId } = await this.workflow(workflowId);
		await this.http.patch(`/rest/workflows/${workflowId}`, { nodes, connections, versionId });
	}

	/**
	 * Activates a workflow in its newest version, and waits until its triggers are.
	 * @throws Error with what the user reads of the triggers that could not be activated
	 */
	async activate(workflowId: string): Promise<void> {
		const answer = await this.http.post<unknown>(
			`/api/v1/workflows/${workflowId}/activate`,
			{},
			EVEN_REFUSED,
		);
		if (answer.status >= 400) throw new Error(refusal.parse(answer.data).message);
		const failures = (await this.publishedTriggers(workflowId)).flatMap(
			({ errorMessage }) => errorMessage ?? [],
		);
		if (failures.length > 0) throw new Error(failures.join('; '));
	}

	/** Deactivates a workflow and waits until its triggers are gone. */
	async deactivate(workflowId: string): Promise<void> {
		await this.http.post(`/api/v1/workflows/${workflowId}/deactivate`);
		await this.publishedTriggers(workflowId);
	}

	/** Presses "Listen for test event" on a trigger. */
	async listen(workflowId: string, triggerName: string): Promise<void> {
		await this.startFrom(workflowId, { name: triggerName });
	}

	/** The finished executions of a workflow, oldest first. */
	async executions(workflowId: string): Promise<Execution[]> {
		const finished = (await this.list(workflowId)).filter((one) => !isUnfinished(one));
		const executions = await Promise.all(finished.map(async ({ id }) => await this.execution(id)));
		return executions.sort((one, other) => Number(one.id) - Number(other.id));
	}

	/** All executions of a workflow, whatever their status, without their data. Old versions list the newest 100 only. */
	async everyExecution(workflowId: string): Promise<Listed[]> {
		const filter = JSON.stringify({ workflowId, status: STATUSES });
		const all = new Map<string, Listed>();
		let cursor: string | null | undefined;
		do {
			const { results, nextCursor } = await this.page({ filter, ...(cursor && { cursor }) });
			for (const one of results) all.set(one.id, one);
			cursor = nextCursor;
		} while (cursor);
		// n8n lists them in the order in which they began, and goes on by the ID of the last one. So those that began out of
		// turn may come twice or not at all.
		for (const id of missingIds([...all.keys()])) {
			const one = await this.executionOf(workflowId, id);
			if (one) all.set(id, one);
		}
		return [...all.values()];
	}

	/** How many executions of a workflow wait in n8n's database (not in memory) for their time to go on. */
	async countWaiting(workflowId: string): Promise<number> {
		return (await this.list(workflowId)).filter(({ status }) => status === 'waiting').length;
	}

	/** The content of a file of an item. If n8n keeps files in memory, the default of 1.x, it is in the item. */
	async downloadBinary({ id, data }: BinaryFile): Promise<Buffer> {
		if (id === undefined) return Buffer.from(data, 'base64');
		const params = { id, action: 'download' };
		const answer = await this.http.get<Buffer>('/rest/binary-data', {
			params,
			responseType: 'arraybuffer',
		});
		return answer.data;
	}

	/** The execution with this ID, if there is one and it is of this workflow. */
	private async executionOf(workflowId: string, id: string): Promise<Listed | undefined> {
		const params = { includeData: false };
		const config = { ...EVEN_REFUSED, params };
		const answer = await this.http.get<unknown>(`/api/v1/executions/${id}`, config);
		if (answer.status === 404) return undefined;
		const found = execution.extend({ workflowId: z.string() }).parse(answer.data);
		return found.workflowId === workflowId ? found : undefined;
	}

	/** The newest executions of a workflow as the editor lists them; the public API of old versions leaves out their status. */
	private async list(workflowId: string): Promise<Listed[]> {
		return (await this.page({ filter: JSON.stringify({ workflowId }) })).results;
	}

	/** A page of the list of executions, newest first. */
	private async page(params: Record<string, string>): Promise<z.infer<typeof listed>['data']> {
		const answer = await this.http.get<unknown>('/rest/executions', {
			params: { limit: 100, ...params },
		});
		return listed.parse(answer.data).data;
	}

	/** The execution, once it has ended. */
	private async finished(executionId: string, timeout: number): Promise<Execution> {
		const deadline = Date.now() + timeout;
		for (;;) {
			const result = await this.execution(executionId);
			if (!isUnfinished(result)) return result;
			if (Date.now() > deadline)
				throw new Error(`Execution ${executionId} is still ${result.status}`);
			await sleep(100);
		}
	}

	/** Tests a credential in old versions. Secrets come blanked out, and n8n fills them in again by the id. */
	private async testAsEditor({ id, name, type }: StoredCredential): Promise<unknown> {
		const stored = await this.http.get<unknown>(`/rest/credentials/${id}`, {
			params: { includeData: true },
		});
		const { data } = credentialData.parse(stored.data).data;
		const answer = await this.http.post<unknown>('/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
		return inData(z.unknown()).parse(answer.data).data;
	}

	/** Runs a workflow from this trigger. Only old versions need to be told what is in it. */
	private async startFrom(workflowId: string, trigger: object): Promise<unknown> {
		const content = { workflowData: await this.workflow(workflowId), triggerToStartFrom: trigger };
		return (await this.http.post<unknown>(`/rest/workflows/${workflowId}/run`, content)).data;
	}

	private async workflow(workflowId: string): Promise<z.infer<typeof anyWorkflow>['data']> {
		return anyWorkflow.parse((await this.http.get<unknown>(`/rest/workflows/${workflowId}`)).data)
			.data;
	}

	/** What became of the triggers of a workflow, once n8n is done with them. Old versions answer only then. */
	private async publishedTriggers(
		workflowId: string,
	): Promise<z.infer<typeof publication>['data']['triggers']> {
		for (;;) {
			const answer = await this.http.get<unknown>(
				`/rest/workflows/${workflowId}/publication-status`,
				EVEN_REFUSED,
			);
			if (UNKNOWN_ROUTE.includes(answer.status)) return [];
			const { status, triggers } = publication.parse(answer.data).data;
			if (status !== 'in_progress') return triggers;
			await sleep(50);
		}
	}
}

/** Whether an execution still goes on. */
export function isUnfinished({ status }: Pick<Execution, 'status'>): boolean {
	return ['new', 'running', 'waiting'].includes(status);
}

function cookiesOf({ headers }: AxiosResponse): string[] {
	return (headers['set-cookie'] ?? []).map((cookie) => cookie.replace(/;.*/, ''));
}

/** Only the public API gives executions with their data, and it needs a key. */
async function createApiKey(http: AxiosInstance): Promise<string> {
	const scopes = inData(z.array(z.string())).parse(
		(await http.get<unknown>('/rest/api-keys/scopes')).data,
	).data;
	const label = `demo ${new Date().toISOString()}`;
	const answer = await http.post<unknown>('/rest/api-keys', { label, scopes, expiresAt: null });
	return inData(z.object({ rawApiKey: z.string() })).parse(answer.data).data.rawApiKey;
}
