import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

// Where the backend may call: in place before any plugin starts.
backend.add(import('@waymark/egress'));

backend.add(import('@backstage/plugin-app-backend'));
backend.add(
  import('@waymark/backstage-plugin-app-backend-module-compressed-assets'),
);

// Who may do what: refuses an unsafe production configuration at start.
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@waymark/backstage-plugin-permission-backend-module-waymark'),
);

// Replicas start one after the other, and are ready while the database answers.
// Asked for in this order, an unsafe configuration is refused before any database.
backend.add(import('@waymark/replicas'));

// Sign-in. Each provider is active only where the configuration names it.
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(
  import('@waymark/backstage-plugin-auth-backend-module-persona-provider'),
);

// Catalog: declared locations, and every repository of the Git organisation.
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-github'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

// Events: signed webhooks of the Git host.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));

// Golden paths.
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@waymark/backstage-plugin-scaffolder-backend-module-waymark'),
);
backend.add(import('@waymark/backstage-plugin-golden-paths-backend'));

// Compliance: the rules of policies/ asked about every component.
backend.add(import('@waymark/backstage-plugin-compliance-backend'));

// Delivery: signed deliveries become deployments, changes and incidents.
backend.add(import('@waymark/backstage-plugin-dora-backend'));
backend.add(import('@waymark/backstage-plugin-dora-backend-module-github'));
backend.add(import('@waymark/backstage-plugin-dora-backend-module-cdevents'));
backend.add(import('@waymark/backstage-plugin-dora-backend-module-argocd'));
backend.add(import('@waymark/backstage-plugin-dora-backend-module-incidents'));

// The home page: commits in one's own services.
backend.add(import('@waymark/backstage-plugin-home-backend'));

// Documentation and search.
backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.start().catch(error => {
  // Some plugins run by now and would keep a portal alive that never is ready.
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
