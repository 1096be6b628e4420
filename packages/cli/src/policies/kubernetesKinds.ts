/** What the API server calls a kind. */
export interface KubernetesKind {
  group: string;
  resource: string;
}

const core = '';
const rbac = 'rbac.authorization.k8s.io';

/** Kinds that rules speak of. */
export const KUBERNETES_KINDS: Readonly<Record<string, KubernetesKind>> = {
  ClusterRole: { group: rbac, resource: 'clusterroles' },
  ClusterRoleBinding: { group: rbac, resource: 'clusterrolebindings' },
  ClusterWorkflowTemplate: {
    group: 'argoproj.io',
    resource: 'clusterworkflowtemplates',
  },
  ConfigMap: { group: core, resource: 'configmaps' },
  CronJob: { group: 'batch', resource: 'cronjobs' },
  CronWorkflow: { group: 'argoproj.io', resource: 'cronworkflows' },
  DaemonSet: { group: 'apps', resource: 'daemonsets' },
  Deployment: { group: 'apps', resource: 'deployments' },
  HorizontalPodAutoscaler: {
    group: 'autoscaling',
    resource: 'horizontalpodautoscalers',
  },
  Ingress: { group: 'networking.k8s.io', resource: 'ingresses' },
  Job: { group: 'batch', resource: 'jobs' },
  Namespace: { group: core, resource: 'namespaces' },
  NetworkPolicy: { group: 'networking.k8s.io', resource: 'networkpolicies' },
  PersistentVolumeClaim: { group: core, resource: 'persistentvolumeclaims' },
  Pod: { group: core, resource: 'pods' },
  PodDisruptionBudget: { group: 'policy', resource: 'poddisruptionbudgets' },
  ReplicaSet: { group: 'apps', resource: 'replicasets' },
  Role: { group: rbac, resource: 'roles' },
  RoleBinding: { group: rbac, resource: 'rolebindings' },
  Secret: { group: core, resource: 'secrets' },
  Service: { group: core, resource: 'services' },
  ServiceAccount: { group: core, resource: 'serviceaccounts' },
  StatefulSet: { group: 'apps', resource: 'statefulsets' },
  Workflow: { group: 'argoproj.io', resource: 'workflows' },
  WorkflowTemplate: { group: 'argoproj.io', resource: 'workflowtemplates' },
};

/** Kinds by group, both sorted, each as `name` makes it. */
export function byGroup(
  kinds: Iterable<string>,
  name: (kind: string) => string,
): { group: string; names: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const kind of [...kinds].sort()) {
    const { group } = KUBERNETES_KINDS[kind];
    groups.set(group, [...(groups.get(group) ?? []), name(kind)]);
  }
  return [...groups]
    .map(([group, names]) => ({ group, names }))
    .sort((one, other) => (one.group < other.group ? -1 : 1));
}
