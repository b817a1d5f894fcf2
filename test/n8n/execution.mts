import { z } from 'zod';

const binary = z.object({
	mimeType: z.string(),
	/** Where the file is; absent when it is in `data`. */
	id: z.string().optional(),
	/** The file in base64, or the kind of place where it is. */
	data: z.string(),
	fileName: z.string().optional(),
	bytes: z.number().optional(),
});

const item = z.object({
	json: z.record(z.unknown()),
	binary: z.record(binary).optional(),
	pairedItem: z.unknown(),
});

const problem = z.object({ message: z.string(), description: z.string().nullish() });

/** One array of items per output of a node; `null` where nothing came out. */
const output = z.object({ main: z.array(z.array(item).nullable()) }).partial();

const run = z.object({
	executionTime: z.number(),
	error: problem.optional(),
	hints: z.array(z.object({ message: z.string() }).passthrough()).optional(),
	data: output.optional(),
});

/** An execution of a workflow with the data of its nodes, as n8n's public API answers it. */
export const execution = z.object({
	id: z.union([z.string(), z.number()]).transform(String),
	status: z.string(),
	startedAt: z.coerce.date(),
	/** Missing while it goes on. */
	stoppedAt: z.coerce.date().nullish(),
	data: z
		.object({
			resultData: z.object({
				error: problem.optional(),
				/** By the name of the node: one entry per time that it ran. */
				runData: z.record(z.array(run)).default({}),
			}),
			/** The nodes that are still to be run, with their input. */
			executionData: z
				.object({ nodeExecutionStack: z.array(z.object({ data: output })) })
				.optional(),
		})
		.optional(),
});

/** See {@link execution}. */
export type Execution = z.infer<typeof execution>;
/** A file of an item. */
export type BinaryFile = z.infer<typeof binary>;
/** One item that a node put out. */
export type OutputItem = z.infer<typeof item>;
/** An error as a user reads it. */
export type Problem = z.infer<typeof problem>;

/** The items that a node put out, of all its runs. */
export function outputOf(result: Execution, node: string, output = 0): OutputItem[] {
	const runs = result.data?.resultData.runData[node] ?? [];
	return runs.flatMap(({ data }) => data?.main?.[output] ?? []);
}

/** The items that the next node was about to get: of an execution that has not got far, what started it. */
export function inputOf(result: Execution): OutputItem[] {
	const [next] = result.data?.executionData?.nodeExecutionStack ?? [];
	return next?.data.main?.[0] ?? [];
}

/** The error that ended the execution, if one did. */
export function errorOf(result: Execution): Problem | undefined {
	return result.data?.resultData.error;
}

/** The IDs between the lowest and the highest of these that are not among them. */
export function missingIds(ids: readonly string[]): string[] {
	const known = new Set(ids.map(Number));
	const lowest = Math.min(...known);
	const missing: string[] = [];
	for (let id = lowest + 1; id < Math.max(...known); id++)
		if (!known.has(id)) missing.push(String(id));
	return missing;
}
