import fastify from 'fastify';
import { z } from 'zod';

const message = z.object({ role: z.string(), content: z.unknown() }).passthrough();
const request = z.object({
	model: z.string(),
	messages: z.array(message),
	tools: z
		.array(
			z.object({
				function: z.object({ name: z.string(), parameters: z.record(z.unknown()) }).passthrough(),
			}),
		)
		.default([]),
});

/** A request to the chat model: the conversation so far, and the tools that it may call. */
export type ChatRequest = z.infer<typeof request>;

/** A reply of the chat model: text, or the call of a tool. */
export type ChatReply = string | { tool: string; input: Record<string, unknown> };

/** A stand-in for OpenAI's chat completions, whose every reply is written in the test. */
export interface OpenAi {
	/** Where it listens; it stands for `api.openai.com`. */
	readonly url: string;
	/** The API key that it lets in. */
	readonly apiKey: string;
	/** Decides what it says. */
	reply: (request: ChatRequest) => ChatReply;
	readonly requests: ChatRequest[];
	stop(): Promise<void>;
}

const API_KEY = 'sk-simulated';

/** Starts a chat model that has nothing to say yet. */
export async function startOpenAi(): Promise<OpenAi> {
	const server = fastify({ forceCloseConnections: true });
	const openAi: Omit<OpenAi, 'stop' | 'url'> = { apiKey: API_KEY, reply: () => '', requests: [] };
	server.post('/v1/chat/completions', async ({ headers, body }, reply) => {
		if (headers.authorization !== `Bearer ${API_KEY}`)
			return await reply.code(401).send({ error: { message: 'no key' } });
		const asked = request.parse(body);
		openAi.requests.push(asked);
		const said = openAi.reply(asked);
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		const head = {
			id: `chatcmpl-${String(openAi.requests.length)}`,
			object: 'chat.completion',
			created: 1,
			model: asked.model,
		};
		return { ...head, usage, choices: [{ index: 0, ...choice(said, openAi.requests.length) }] };
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return Object.assign(openAi, {
		url,
		stop: async () => {
			await server.close();
		},
	});
}

function choice(said: ChatReply, nth: number): Record<string, unknown> {
	if (typeof said === 'string')
		return { finish_reason: 'stop', message: { role: 'assistant', content: said } };
	const call = { name: said.tool, arguments: JSON.stringify(said.input) };
	const tool_calls = [{ id: `call_${String(nth)}`, type: 'function', function: call }];
	return { finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls } };
}
