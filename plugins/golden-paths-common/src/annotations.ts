/** The template that made an entity, by reference; DESIGN.md names the others. */
export const ANNOTATION_TEMPLATE = 'waymark.dev/template';
/** Of a template the version it has now, of an entity the one it was made from. */
export const ANNOTATION_VERSION = 'backstage.io/template-version';
/** Of an entity that no template made: {@link ORIGIN_ADOPTED}. */
export const ANNOTATION_ORIGIN = 'waymark.dev/origin';
/** It was there before, and was put on the template's path later. */
export const ORIGIN_ADOPTED = 'adopted';
/** Of a template: {@link LIFECYCLES}. */
export const ANNOTATION_LIFECYCLE = 'waymark.dev/lifecycle';
/** Of a deprecated template: the last day it can be used, such as 2027-03-31. */
export const ANNOTATION_SUNSET = 'waymark.dev/sunset';
/** Of a deprecated template: what to use in its place, by reference. */
export const ANNOTATION_SUCCESSOR = 'waymark.dev/successor';
/** Of a template: work that it saves each time, such as PT8H. */
export const ANNOTATION_TIME_SAVED = 'backstage.io/time-saved';
/** From an entity to its template, as the community's processor writes it. */
export const RELATION_SCAFFOLDED_FROM = 'scaffoldedFrom';

export const LIFECYCLES = ['active', 'deprecated'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];
