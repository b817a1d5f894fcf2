/**
 * A trigger that polls, run by n8n's own executor of polls. Around it is the least that n8n's server does: it keeps the
 * workflow in memory between polls, starts runs, and saves static data only where n8n does.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IDataObject, INodeExecutionData, IPollFunctions, Workflow } from 'n8n-workflow';

import { core, pollTriggerExecutor } from './core.mts';
import type { Run } from './run.mts';
import type { LoadedTrigger } from './trigger.mts';

export interface PollingOptions {
	/** Loads the workflow with this static data. */
	load: (staticData: IDataObject) => LoadedTrigger;
	/** Runs the workflow as someone does who fetches a test event. */
	fetch: () => Promise<Run>;
	/**
	 * Whether n8n keeps what a poll remembers in a place of its own and together with the run, as its durable scheduler
	 * does; if not, in the static data, which it saves when a run starts.
	 */
	isDurable?: boolean;
	/** Milliseconds that n8n gives a poll; 5 minutes unless given, as its other scheduler says. */
	budget?: number;
}

export type Polling = ReturnType<typeof startPolling>;

/** A workflow with the trigger as its only node, which is not published yet. */
export function startPolling({ load, fetch, isDurable = false, budget = 300_000 }: PollingOptions) {
	const runs: INodeExecutionData[][] = [];
	const errors: Error[] = [];
	const state = {
		staticData: {} as IDataObject,
		/** What the durable scheduler has; it begins with the static data. */
		cursor: undefined as IDataObject | undefined,
		canStartRuns: true,
	};
	const staged = new AsyncLocalStorage<IDataObject>();
	let published: ReturnType<typeof open> | undefined;

	/** As n8n saves it: without proxies, and only what has changed. */
	const save = ({ staticData }: Workflow) => {
		if (staticData['__dataChanged'] === true) state.staticData = copyOf(staticData);
	};
	const commit = () => {
		const data = staged.getStore();
		if (data !== undefined) state.cursor = copyOf(data);
	};

	const open = () => {
		const { workflow, node, additionalData } = load(copyOf(state.staticData));
		const emit = (data: INodeExecutionData[][]) => {
			if (!state.canStartRuns) return;
			save(workflow);
			commit();
			runs.push(data[0] ?? []);
		};
		const ownData = () => workflow.getStaticData('node', node);
		const context = new core.PollContext(
			workflow,
			node,
			additionalData,
			'trigger',
			'activate',
			emit,
			(error) => {
				errors.push(error);
			},
			() => {
				commit();
				return Promise.resolve();
			},
			async (poll) =>
				await (isDurable ? staged.run(copyOf(state.cursor ?? ownData()), poll) : poll()),
			() => staged.getStore() ?? ownData(),
			() => budget,
		) as IPollFunctions;
		const isCurrent = () => published?.workflow === workflow;
		return { workflow, poll: pollTriggerExecutor.create(workflow, node, context, isCurrent) };
	};

	return {
		/** Items of every run that was started. */
		runs,
		/** What n8n shows as failed executions. */
		errors,
		/** What n8n has in its database, and what goes wrong in n8n. */
		state,
		/** Publishes the workflow as it is now, with what is in the database: also what n8n does when it starts. */
		publish: async (): Promise<void> => {
			published = open();
			await published.poll(true);
			save(published.workflow);
		},
		/** Unpublishes the workflow. */
		unpublish: (): void => {
			published = undefined;
		},
		/** One of the Poll Times has come. */
		poll: async (): Promise<void> => {
			await published?.poll();
		},
		/** Presses "Fetch Test Event". */
		fetchTestEvent: fetch,
	};
}

function copyOf(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}
