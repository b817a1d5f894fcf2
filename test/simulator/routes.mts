/** Routes of the simulated Motive API. */
export const apiRoutes = [
	'GET /v1/companies',
	'GET /v1/vehicles',
	'GET /v1/vehicles/lookup',
	'GET /v1/vehicles/lookup_by_external_id',
	'GET /v1/vehicles/:id',
	'GET /v1/assets',
	'GET /v1/assets/lookup_by_external_id',
	'GET /v3/vehicle_locations',
	'POST /v1/image_captures',
	'GET /v1/image_captures/:camera_type/:request_id',
] as const;

/** A route of the API host. */
export type ApiRoute = (typeof apiRoutes)[number];

/** A route of the API host, or `GET image`: the download of a picture from the image host. */
export type Route = ApiRoute | 'GET image';
