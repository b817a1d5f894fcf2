import type { FastifyRequest } from 'fastify';
import { keyIn } from './files.mts';
import { videoPositions, type VideoPosition } from './fleet.mts';
import type { World } from './host.mts';
import type { ReceivedRequest } from './log.mts';
import { externalIdOf } from './motive.mts';
import { isNamedIn } from './recalls.mts';
import { isRecord } from './values.mts';

/** What a request is about, as far as it can be told. */
export interface Subject {
	host: ReceivedRequest['host'];
	route: string;
	/** Path of the address. */
	path: string;
	/** Vehicle number or asset name. */
	device: string | undefined;
	/** The camera, where it is only one. */
	position: VideoPosition | undefined;
	/** All cameras that it is about: one of a capture, some of a recall. */
	positions: readonly VideoPosition[];
	/** Id of the capture or recall, as in its address. */
	id: string | undefined;
	/** When it came, in milliseconds since the epoch. */
	at: number;
	/** How many requests its host has not answered yet, this one included. */
	underWay: number;
}

/** A request before it is known what it is about. */
export interface Question {
	host: ReceivedRequest['host'];
	route: string;
	params: Record<string, unknown>;
	query: Record<string, unknown>;
	body: unknown;
	request: FastifyRequest;
	underWay: number;
}

/** Path of the address of a request. */
export function pathOf({ url }: FastifyRequest): string {
	return new URL(url, 'http://simulator').pathname;
}

/** Finds out what a request is about. */
export function subjectOf(world: World, question: Question): Subject {
	const { host, route, request, underWay } = question;
	const { device, positions, id } = workOf(world, question);
	return {
		host,
		route,
		path: pathOf(request),
		device,
		position: positions.length === 1 ? positions[0] : undefined,
		positions,
		id,
		at: world.clock.now(),
		underWay,
	};
}

function workOf(
	{ fleet, captures, recalls, files }: World,
	{ params, query, body, request }: Question,
): Pick<Subject, 'device' | 'positions' | 'id'> {
	const capture = captures.find(String(params['request_id']));
	if (capture) {
		const { device, position, requestId } = capture;
		return { device: device.name, positions: [position], id: String(requestId) };
	}
	const file = files.get(keyIn(pathOf(request)));
	if (file) {
		const { device, position } = file;
		return { device: device.name, positions: position ? [position] : [], id: undefined };
	}
	const recall = recalls.find(params['id']);
	if (recall) return { device: recall.device.name, positions: recall.positions, id: recall.id };
	const fields = isRecord(body) ? body : {};
	const id = fields['vehicle_id'] ?? fields['asset_id'] ?? params['id'];
	const device = fleet.find(
		(each) =>
			String(each.id) === String(id) ||
			each.name === query['number'] ||
			isNamedIn(fields, each) ||
			externalIdOf(each) === query['external_id'],
	);
	return { device: device?.name, positions: positionsIn(fields), id: undefined };
}

/** The cameras that a start is about, in whatever form. */
function positionsIn(fields: Record<string, unknown>): VideoPosition[] {
	const { position, camera_position, camera_positions } = fields;
	const named: unknown[] = [position, camera_position, camera_positions].flat();
	return videoPositions.filter((each) => named.includes(each));
}
