import { error, json, type Answer } from './answers.mts';
import type { Capture } from './captures.mts';
import type { EventMedia } from './eventMedia.mts';
import { safetyEventPage, speedingEventPage } from './eventLists.mts';
import { named } from './files.mts';
import type { Device, Position } from './fleet.mts';
import type { Happenings } from './happenings.mts';
import type { Call, Handler, World } from './host.mts';
import * as motive from './motive.mts';
import { page } from './pages.mts';
import { idIn, isGiven, isListed, isNewer } from './queries.mts';
import { recallHandlers, type RecallParts } from './recallRoutes.mts';
import type { ApiRoute } from './routes.mts';
import { readStart, type StartSettings } from './starts.mts';
import { userHandlers } from './userRoutes.mts';
import { isRecord } from './values.mts';
import type { Webhooks } from './webhooks.mts';

/** What the API needs besides the world. */
export interface ApiParts {
	world: World;
	/** Milliseconds that a capture started now takes. */
	latency: (device: Device, position: Position) => number;
	/** A presigned URL of a finished picture that lives for `seconds`, or for the usual time. */
	imageUrl: (
		capture: Capture,
		position: Position,
		name: string,
		seconds: number | undefined,
	) => Promise<{ url: string; expires_at: string }>;
	starts: StartSettings;
	webhooks: Webhooks;
	recalls: Omit<RecallParts, 'world'>;
	happenings: Happenings;
	eventMedia: EventMedia;
}

const found = (device: Device | undefined): Answer =>
	device ? json(motive.wrappedDevice(device)) : error(404, 'not found');

/** The handlers of the API, by route. */
export function apiHandlers({
	world,
	latency,
	imageUrl,
	starts,
	webhooks,
	recalls,
	happenings,
	eventMedia,
}: ApiParts): Record<ApiRoute, Handler> {
	const vehicles = world.fleet.filter(({ kind }) => kind === 'vehicle');
	const assets = world.fleet.filter(({ kind }) => kind === 'asset');

	const byExternalId = (devices: readonly Device[], { query }: Call): Answer => {
		const { external_id, integration_name } = query;
		if (!external_id || !integration_name)
			return error(400, 'external_id and integration_name are required');
		return found(
			integration_name === motive.INTEGRATION
				? devices.find((device) => motive.externalIdOf(device) === external_id)
				: undefined,
		);
	};

	const startCapture = ({ body }: Call): Answer => {
		const wanted = readStart(isRecord(body) ? body : {}, starts, world.fleet);
		if ('status' in wanted) return wanted;
		const { device, position } = wanted;
		const refusal = motive.refusal(device, position);
		if (refusal !== undefined) return error(422, refusal);
		const capture = world.captures.start(
			device,
			position,
			world.clock.now(),
			latency(device, position),
		);
		return json(motive.capture(capture, 'pending'), 201);
	};

	const fetchCapture = async ({ params, fault }: Call): Promise<Answer> => {
		const capture = world.captures.find(String(params['request_id']));
		if (!capture || capture.cameraType !== params['camera_type'])
			return error(404, 'image capture not found');
		capture.polls += 1;
		if (world.clock.now() < capture.readyAt) return json(motive.capture(capture, 'pending', {}));
		const wanted = named(fault.brings ?? [capture.position]);
		const images = await Promise.all(
			wanted.map(async ({ position, name }) => ({
				position,
				...(await imageUrl(capture, position, name, fault.urlSeconds)),
			})),
		);
		return json(motive.capture(capture, 'success', motive.byPosition(images)));
	};

	return {
		'GET /v1/companies': () =>
			json({
				companies: [
					{
						company: {
							id: 7712,
							name: 'Simulated Haulage',
							time_zone: 'Central Time (US & Canada)',
						},
					},
				],
			}),
		'GET /v1/vehicles': (call) => {
			const { query } = call;
			const asked = vehicles
				.map(motive.wrappedDevice)
				.filter(
					({ vehicle }) =>
						isRecord(vehicle) &&
						isListed(query, 'driver_ids[]', idIn(vehicle, 'current_driver')) &&
						isGiven(query, 'fuel_type', vehicle['fuel_type']) &&
						isNewer(query, vehicle),
				);
			return page('vehicles', asked, call);
		},
		'GET /v1/vehicles/lookup': ({ query }) =>
			found(vehicles.find(({ name }) => name === query['number'])),
		'GET /v1/vehicles/lookup_by_external_id': (call) => byExternalId(vehicles, call),
		'GET /v1/vehicles/:id': ({ params }) =>
			found(vehicles.find(({ id }) => String(id) === params['id'])),
		...userHandlers,
		'GET /v1/assets': (call) => {
			const asked = assets.filter(({ status }) => isGiven(call.query, 'status', status));
			return page('assets', asked.map(motive.wrappedDevice), call);
		},
		'GET /v1/assets/lookup_by_external_id': (call) => byExternalId(assets, call),
		'GET /v2/driver_performance_events': async (call) =>
			await safetyEventPage(world, call, happenings, eventMedia),
		'GET /v1/speeding_events': (call) => speedingEventPage(call, happenings),
		'GET /v3/vehicle_locations': (call) => {
			const { query } = call;
			// One vehicle or all: of several ids the last one counts, as usual in Rails.
			const asked = [query['vehicle_id']].flat().at(-1);
			const active = vehicles.filter(
				({ id, status }) =>
					status === 'active' &&
					isGiven(query, 'vehicle_status', status) &&
					(asked === undefined || String(id) === asked),
			);
			return page(
				'vehicles',
				active.map((device) => motive.wrappedLocation(device, world.clock.now())),
				call,
			);
		},
		'POST /v1/image_captures': startCapture,
		'GET /v1/image_captures/:camera_type/:request_id': fetchCapture,
		...recallHandlers({ world, ...recalls }),
		'GET /v1/company_webhooks': (call) => page('company_webhooks', webhooks.list(), call),
		'POST /v1/company_webhooks': async ({ body }) => await webhooks.create(body),
		'PUT /v1/company_webhooks/:id': async ({ params, body }) =>
			await webhooks.update(params['id'], body),
		'DELETE /v1/company_webhooks/:id': ({ params }) => webhooks.remove(params['id']),
	};
}
