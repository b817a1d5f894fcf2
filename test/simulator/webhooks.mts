import { error, json, type Answer, type JsonObject } from './answers.mts';
import { deliverBody, type Delivery, type DeliveryOptions, type Target } from './deliveries.mts';
import { isRecord, positiveInteger } from './values.mts';

/** A webhook of the company. */
export interface Webhook extends Target {
	id: number;
	actions: string[];
	enabled: boolean;
}

const FIRST_ID = 41;
const MOST_ACTIVE_PER_ACTION = 2;
const SECRET_LENGTH = 20;

/** How Motive treats webhooks; a test may set it. */
export interface WebhookHabits {
	/** Addresses are shown with a slash at their end. */
	slashAtEnd: boolean;
	/** A new webhook gets a secret that Motive makes, whatever the client wished, before or after its test message. */
	ownSecret: 'never' | 'beforeTest' | 'afterTest';
	/** What is sent before a webhook is switched on: `{"action":"test"}`, or the list of its actions. */
	testMessage: 'test' | 'actions';
}

const usualHabits: WebhookHabits = {
	slashAtEnd: false,
	ownSecret: 'never',
	testMessage: 'test',
};

/**
 * The company's webhooks and everything that was delivered to them. A webhook is switched on only after a test message
 * to its address was answered with 200 or 201, as KeepTruckin documented in 2017.
 */
export class Webhooks {
	readonly all: Webhook[] = [];
	readonly deliveries: Delivery[] = [];
	/** As usual again after `clear`. */
	readonly habits: WebhookHabits = { ...usualHabits };
	private lastId = FIRST_ID;

	/** Each webhook in its wrapper. */
	list(): JsonObject[] {
		return this.all.map((webhook) => this.shown(webhook));
	}

	/** Makes a webhook of what a client sent. */
	async create(body: unknown): Promise<Answer> {
		const settings = readSettings(body);
		if (typeof settings === 'string') return error(400, settings);
		const { url, secret, actions = [], enabled = false } = settings;
		if (url === undefined) return error(400, 'url is required');
		const { ownSecret } = this.habits;
		const webhook = {
			id: this.lastId + 1,
			url,
			secret: secret === undefined || ownSecret === 'beforeTest' ? randomSecret() : secret,
			actions,
			enabled: false,
		};
		const refusal = enabled ? this.refusal(webhook) : undefined;
		if (refusal !== undefined) return error(400, refusal);
		this.lastId = webhook.id;
		this.all.push(webhook);
		webhook.enabled = enabled && (await this.test(webhook));
		if (ownSecret === 'afterTest') webhook.secret = randomSecret();
		return json(this.shown(webhook), 201);
	}

	/** Changes a webhook to what a client sent. */
	async update(id: unknown, body: unknown): Promise<Answer> {
		const webhook = this.find(id);
		if (!webhook) return error(404, 'webhook not found');
		const settings = readSettings(body);
		if (typeof settings === 'string') return error(400, settings);
		const { enabled = webhook.enabled, ...changes } = settings;
		const changed = { ...webhook, ...changes };
		const refusal = enabled ? this.refusal(changed) : undefined;
		if (refusal !== undefined) return error(400, refusal);
		const isTestDue =
			!webhook.enabled || changed.url !== webhook.url || changed.secret !== webhook.secret;
		Object.assign(webhook, changed);
		webhook.enabled = enabled && (!isTestDue || (await this.test(webhook)));
		return json(this.shown(webhook));
	}

	/** Deletes a webhook. */
	remove(id: unknown): Answer {
		const webhook = this.find(id);
		if (!webhook) return error(404, 'webhook not found');
		this.all.splice(this.all.indexOf(webhook), 1);
		return json({ success: true });
	}

	/** Sends a payload (an event, several, or whatever else) to a webhook. */
	async deliver(
		target: Target,
		payload: unknown,
		options: DeliveryOptions = {},
	): Promise<Delivery> {
		return await this.send(target, JSON.stringify(payload), options);
	}

	/** Sends the same once more, byte for byte, as Motive does when no success was answered in time. */
	async redeliver({ target, body }: Delivery, options: DeliveryOptions = {}): Promise<Delivery> {
		return await this.send(target, body, options);
	}

	/** Forgets webhooks, deliveries and habits; ids go on. */
	clear(): void {
		this.all.length = 0;
		this.deliveries.length = 0;
		Object.assign(this.habits, usualHabits);
	}

	private async send(target: Target, body: string, options: DeliveryOptions): Promise<Delivery> {
		const delivery = await deliverBody(target, body, options);
		this.deliveries.push(delivery);
		return delivery;
	}

	private async test({ url, secret, actions }: Webhook): Promise<boolean> {
		const message = this.habits.testMessage === 'test' ? { action: 'test' } : actions;
		const { status } = await this.deliver({ url, secret }, message);
		return status === 200 || status === 201;
	}

	private shown({ url, ...webhook }: Webhook): JsonObject {
		const address = this.habits.slashAtEnd ? url.replace(/\/?$/, '/') : url;
		return {
			company_webhook: { ...webhook, url: address, format: 'json', webhook_type: 'POST' },
		};
	}

	private find(id: unknown): Webhook | undefined {
		return this.all.find((webhook) => webhook.id === positiveInteger(id));
	}

	private refusal({ id, actions }: Webhook): string | undefined {
		const active = this.all.filter((webhook) => webhook.enabled && webhook.id !== id);
		const full = actions.find(
			(action) =>
				active.filter((webhook) => webhook.actions.includes(action)).length >=
				MOST_ACTIVE_PER_ACTION,
		);
		return full === undefined
			? undefined
			: `At most 2 active webhooks are allowed per action (${full})`;
	}
}

/** The settings in a body, or what is wrong with it. */
function readSettings(body: unknown): Partial<Omit<Webhook, 'id'>> | string {
	if (!isRecord(body)) return 'a body is required';
	const { url, secret, actions, enabled, format = 'json' } = body;
	if (url !== undefined && (typeof url !== 'string' || !URL.canParse(url))) return 'url is invalid';
	if (secret !== undefined && (typeof secret !== 'string' || secret.length !== SECRET_LENGTH)) {
		return 'secret must have 20 characters';
	}
	if (actions !== undefined && !isActions(actions)) return 'actions is invalid';
	if (format !== 'json') return 'format is invalid';
	return {
		...(url !== undefined && { url }),
		...(secret !== undefined && { secret }),
		...(actions !== undefined && { actions }),
		...(enabled !== undefined && { enabled: enabled === true }),
	};
}

function isActions(value: unknown): value is string[] {
	return (
		Array.isArray(value) &&
		value.every((action) => typeof action === 'string' && /^[a-z_]+$/.test(action))
	);
}

function randomSecret(): string {
	return Math.random()
		.toString(36)
		.padEnd(SECRET_LENGTH + 2, '0')
		.slice(2, SECRET_LENGTH + 2);
}
