import type { IHookFunctions } from 'n8n-workflow';

import { asError, hadNoEffect, mayPass, MotiveFailure } from '../motive/failure';
import { isObject } from '../motive/json';
import { RequestQueue } from '../polling/requestQueue';
import { executionClock, stopSignal } from '../transport/executionClock';
import { requestAll } from '../transport/paging';
import { connectToMotive, type MotiveRequest } from '../transport/request';
import { COMPANY_WEBHOOKS } from '../motive/lists';
import { parseText, unwrapEntry } from '../motive/parse';

/** A webhook as Motive has it. */
export interface CompanyWebhook {
	id: string;
	url: string;
	actions: string[];
	/** Motive switches a webhook on only after its test message was answered. */
	enabled: boolean;
}

/** What a webhook is to be. */
export interface WebhookSettings {
	url: string;
	secret: string;
	actions: string[];
}

/**
 * The webhooks of the company at Motive. Every function throws a MotiveFailure when it cannot do its work.
 *
 * @see https://developer-docs.gomotive.com/reference/overview-company-webhooks
 */
export interface CompanyWebhooks {
	list: () => Promise<CompanyWebhook[]>;
	/** Makes a webhook and switches it on. */
	create: (settings: WebhookSettings) => Promise<CompanyWebhook>;
	/** Changes a webhook, or switches it on again when there is nothing to change. */
	update: (id: string, settings: Partial<WebhookSettings>) => Promise<CompanyWebhook>;
	/** Deletes a webhook; one that is already gone is fine. */
	remove: (id: string) => Promise<void>;
}

/**
 * Opens the way to the company's webhooks with the credential of the trigger.
 *
 * @param patience milliseconds from now after which nothing is tried again
 */
export async function connectToWebhooks(
	context: IHookFunctions,
	patience: number,
): Promise<CompanyWebhooks> {
	const clock = executionClock;
	const api = await connectToMotive(context, clock);
	const queue = new RequestQueue({ clock, concurrency: 1 });
	const end = clock.now() + patience;
	const until = { deadline: () => end, signal: stopSignal(context) };
	const send = async (request: MotiveRequest) => {
		// A second POST could make a second webhook, and there may be only two.
		const mayRepeat = request.method === 'POST' ? hadNoEffect : mayPass;
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
		update: async (id, settings) =>
			expectWebhook(
				await send({ method: 'PUT', path: pathOf(id), body: { ...settings, enabled: true } }),
			),
		remove: async (id) => {
			try {
				await send({ method: 'DELETE', path: pathOf(id) });
			} catch (error) {
				if (!isGone(error)) throw asError(error);
			}
		},
	};
}

function isGone(failure: unknown): boolean {
	return failure instanceof MotiveFailure && failure.kind === 'notFound';
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
	};
}
