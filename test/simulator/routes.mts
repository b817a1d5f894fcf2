/** Routes of the simulated Motive API. */
export const apiRoutes = [
	'GET /v1/companies',
	'GET /v1/vehicles',
	'GET /v1/vehicles/lookup',
	'GET /v1/vehicles/lookup_by_external_id',
	'GET /v1/vehicles/:id',
	'GET /v1/users',
	'GET /v1/users/lookup',
	'GET /v1/users/:id',
	'GET /v1/assets',
	'GET /v1/assets/lookup_by_external_id',
	'GET /v2/driver_performance_events',
	'GET /v1/speeding_events',
	'GET /v3/vehicle_locations',
	'POST /v1/image_captures',
	'GET /v1/image_captures/:camera_type/:request_id',
	'POST /v1/video_recall_requests',
	'GET /v1/video_recall_requests/quota',
	'GET /v1/video_recall_requests/:id',
	'GET /v1/company_webhooks',
	'POST /v1/company_webhooks',
	'PUT /v1/company_webhooks/:id',
	'DELETE /v1/company_webhooks/:id',
] as const;

/** A route of the API host. */
export type ApiRoute = (typeof apiRoutes)[number];

/** A route of the host that people sign in at. */
export type OAuthRoute = 'GET /oauth/authorize' | 'POST /oauth/token';

/** A route of the API host, of the sign-in, or the download of a picture or a video from the image host. */
export type Route = ApiRoute | OAuthRoute | 'GET image' | 'GET video';

/**
 * The scope that an OAuth2 token needs. Which one image captures and recalls need is not published, so any token does for
 * them.
 */
export const scopeOf: Partial<Record<ApiRoute, string>> = {
	'GET /v1/companies': 'companies.read',
	'GET /v1/vehicles': 'vehicles.read',
	'GET /v1/vehicles/lookup': 'vehicles.read',
	'GET /v1/vehicles/lookup_by_external_id': 'vehicles.read',
	'GET /v1/vehicles/:id': 'vehicles.read',
	'GET /v1/users': 'users.read',
	'GET /v1/users/lookup': 'users.read',
	'GET /v1/users/:id': 'users.read',
	'GET /v1/assets': 'assets.read',
	'GET /v1/assets/lookup_by_external_id': 'assets.read',
	'GET /v2/driver_performance_events': 'driver_performance_events.read',
	'GET /v1/speeding_events': 'speeding_events.read',
	'GET /v3/vehicle_locations': 'locations.vehicle_locations_list',
	// As with other resources "manage" does not include "read"; that such a scope exists is a guess.
	'GET /v1/company_webhooks': 'company_webhooks.read',
	'POST /v1/company_webhooks': 'company_webhooks.manage',
	'PUT /v1/company_webhooks/:id': 'company_webhooks.manage',
	'DELETE /v1/company_webhooks/:id': 'company_webhooks.manage',
};
