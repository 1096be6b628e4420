/** Of a component that says all but what it does. */
export const catalogInfo = (name: string) => `# What the catalog says of it.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: checkout
`;

/** Files of a component whose chart limits nothing. */
export const SHOP = {
  'catalog-info.yaml': catalogInfo('shop'),
  'chart/Chart.yaml': 'name: shop\nversion: 0.1.0\n',
  'chart/values.yaml': '{}\n',
  'chart/templates/deployment.yaml': `kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        # The only one.
        - { name: app, image: shop }
`,
};
/** A Helm for templates without variables. */
export const HELM = `#!/bin/sh
echo '# Source: shop/templates/deployment.yaml'
cat "$3/templates/deployment.yaml"
`;
