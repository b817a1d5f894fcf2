import { extname } from 'node:path';
import fastify, { type FastifyReply } from 'fastify';
import { questionOf, receivedPage, type Received } from './pageHtml.mts';

/** A running page. */
export interface ReceivedPage {
	readonly url: string;
	stop(): Promise<void>;
}

/** Slack is told no types. */
const TYPES: Readonly<Record<string, string>> = {
	'.jpg': 'image/jpeg',
	'.png': 'image/png',
	'.html': 'text/html; charset=utf-8',
	'.mp4': 'video/mp4',
};

/**
 * Starts a page for people on a free port of this machine: all messages, mails, files and questions to the model that
 * came, with their pictures. It keeps itself up to date.
 *
 * @param editorUrl address of n8n, for a link to it
 */
export async function startReceivedPage(
	received: Received,
	editorUrl: string,
): Promise<ReceivedPage> {
	const server = fastify({ forceCloseConnections: true });
	const { slack, mailbox, storage, openAi } = received;
	server.get('/', async (_request, reply) =>
		reply.type('text/html; charset=utf-8').send(await receivedPage(received, editorUrl)),
	);
	server.get<{ Params: { nth: number } }>('/slack/:nth/:name', async ({ params }, reply) => {
		const { name = '', content } = slack.files[params.nth] ?? {};
		return await sendFile(reply, TYPES[extname(name)], content);
	});
	server.get<{ Params: { mail: number; nth: number } }>(
		'/mail/:mail/:nth/:name',
		async ({ params }, reply) => {
			const attachment = mailbox.mails[params.mail]?.attachments[params.nth];
			return sendFile(reply, attachment?.contentType, attachment?.content);
		},
	);
	server.get<{ Params: { '*': string } }>('/storage/*', async ({ params }, reply) => {
		const { type, content } = await storage.read(params['*']);
		return sendFile(reply, type, content);
	});
	server.get<{ Params: { question: number; nth: number } }>(
		'/model/:question/:nth',
		async ({ params }, reply) => {
			const { images } = questionOf(openAi.exchanges[params.question]);
			const [head = '', data = ''] = images[params.nth]?.split(',') ?? [];
			return sendFile(reply, /data:([\w/]+)/.exec(head)?.[1], Buffer.from(data, 'base64'));
		},
	);
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		url,
		stop: async () => {
			await server.close();
		},
	};
}

/** Sends a file. It can run nothing, whatever is in it, and is not loaded again each time the page has something new. */
async function sendFile(
	reply: FastifyReply,
	type = 'application/octet-stream',
	content?: Buffer,
): Promise<FastifyReply> {
	if (!content) return await reply.code(404).send();
	return await reply
		.type(type)
		.header('cache-control', 'max-age=60')
		.header('content-security-policy', 'sandbox')
		.send(content);
}
