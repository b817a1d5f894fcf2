import type { IHookFunctions } from 'n8n-workflow';

import { asError, hadNoEffect, mayPass, MotiveFailure } from '../motive/failure';
import { isObject } from '../motive/json';
import { COMPANY_WEBHOOKS } from '../motive/lists';
import { parseText, unwrapEntry } from '../motive/parse';
import { RequestQueue } from '../polling/requestQueue';
import { executionClock, stopSignal } from '../transport/executionClock';
import { requestAll } from '../transport/paging';
import { connectToMotive, type MotiveRequest } from '../transport/request';

/** A webhook as Motive has it. */
export interface CompanyWebhook {
	id: string;
	url: string;
	actions: string[];
	/** Motive switches a webhook on only after its test message was answered. */
	enabled: boolean;
	/** With which Motive signs, if it says so: it may have chosen another one than it was asked for. */
	secret: string | null;
}

/** What a webhook is to be. */
export interface WebhookSettings {
	url: string;
	secret: string;
	actions: string[];
}

/** How long something may take (ms): n8n gives an activation little more than a minute, in which it tries five times. */
const PATIENCE = {
	/** Until nothing is tried again. */
	repeating: 4_000,
	/** For the answer to a request that makes or changes a webhook: Motive sends its test message first. */
	change: 12_000,
	/** For any other answer. */
	answer: 4_000,
};

/**
 * The webhooks of the company at Motive. Every function throws a MotiveFailure when it cannot do its work.
 *
 * @see https://developer-docs.gomotive.com/reference/overview-company-webhooks
 */
export interface CompanyWebhooks {
	list: () => Promise<CompanyWebhook[]>;
	/** Makes a webhook and switches it on. */
	create: (settings: WebhookSettings) => Promise<CompanyWebhook>;
	/** Changes a webhook, or switches it on again when there is nothing to change; undefined when it is gone. */
	update: (id: string, settings: Partial<WebhookSettings>) => Promise<CompanyWebhook | undefined>;
	/** Deletes a webhook; one that is already gone is fine. */
	remove: (id: string) => Promise<void>;
}

/**
 * Opens the way to the company's webhooks with the credential of the trigger.
 *
 * @throws NodeOperationError when the base URL of the credential is not a web address
 */
export async function connectToWebhooks(context: IHookFunctions): Promise<CompanyWebhooks> {
	const clock = executionClock;
	const api = await connectToMotive(context, clock);
	const queue = new RequestQueue({ clock, turns: api.turns, concurrency: 1 });
	const end = clock.now() + PATIENCE.repeating;
	const until = { deadline: () => end, signal: stopSignal(context) };
	const send = async (request: MotiveRequest) => {
		// A second POST could make a second webhook, and there may be only two.
		const mayRepeat = request.method === 'POST' ? hadNoEffect : mayPass;
		const isChange = request.method === 'POST' || request.method === 'PUT';
		const patience = isChange ? PATIENCE.change : PATIENCE.answer;
		return await queue.run(async () => await api.request({ ...request, patience }), {
			mayRepeat,
			...until,
		});
	};
	const pathOf = (id: string) => `${COMPANY_WEBHOOKS.path}/${encodeURIComponent(id)}`;
	return {
		list: async () =>
			(await requestAll(send, COMPANY_WEBHOOKS))
				.map(parseWebhook)
				.filter((webhook) => webhook !== undefined),
		create: async (settings) => {
			const body = { ...settings, format: 'json', enabled: true, webhook_type: 'POST' };
			return expectWebhook(await send({ method: 'POST', path: COMPANY_WEBHOOKS.path, body }));
		},
		update: async (id, settings) => {
			const body = { ...settings, enabled: true };
			return await unlessGone(async () =>
				expectWebhook(await send({ method: 'PUT', path: pathOf(id), body })),
			);
		},
		remove: async (id) => {
			await unlessGone(async () => await send({ method: 'DELETE', path: pathOf(id) }));
		},
	};
}

/** What something comes to; undefined when there is no such webhook. */
async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
	try {
		return await call();
	} catch (error) {
		if (error instanceof MotiveFailure && error.kind === 'notFound') return undefined;
		throw asError(error);
	}
}

function expectWebhook(answer: unknown): CompanyWebhook {
	const webhook = parseWebhook(unwrapEntry(answer, COMPANY_WEBHOOKS.singular));
	if (!webhook)
		throw new MotiveFailure('unreadable', { detail: 'Motive’s answer does not name the webhook' });
	return webhook;
}

function parseWebhook(entry: unknown): CompanyWebhook | undefined {
	const source = isObject(entry) ? entry : {};
	const id = parseText(source, 'id');
	const { actions, enabled } = source;
	if (id === null) return undefined;
	return {
		id,
		url: parseText(source, 'url') ?? '',
		actions: Array.isArray(actions) ? actions.filter((action) => typeof action === 'string') : [],
		enabled: enabled !== false,
		secret: readableSecret(parseText(source, 'secret')),
	};
}

/** A secret that is shown with asterisks is none. */
function readableSecret(secret: string | null): string | null {
	return secret !== null && /^[^*•]+$/.test(secret) ? secret : null;
}
