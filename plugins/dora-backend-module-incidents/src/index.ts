/**
 * Incidents of PagerDuty and Alertmanager for the dora backend.
 *
 * @packageDocumentation
 */

export { doraModuleIncidents as default } from './module';
