import { buildSchema } from 'graphql';

/** The part of GitHub's GraphQL schema that Backstage's own clients ask. */
export const schema = buildSchema(`
  interface GitObject {
    id: ID!
    oid: String!
  }
  type Blob implements GitObject {
    id: ID!
    oid: String!
    text: String
    byteSize: Int!
    isBinary: Boolean
  }
  type TreeEntry {
    name: String!
    path: String
    type: String!
    mode: Int!
    object: GitObject
  }
  type Tree implements GitObject {
    id: ID!
    oid: String!
    entries: [TreeEntry!]
  }
  type Commit implements GitObject {
    id: ID!
    oid: String!
    message: String!
    messageHeadline: String!
    url: String!
    committedDate: String!
  }
  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
  type Topic {
    name: String!
  }
  type RepositoryTopic {
    topic: Topic!
    url: String!
  }
  type RepositoryTopicConnection {
    nodes: [RepositoryTopic]
    totalCount: Int!
    pageInfo: PageInfo!
  }
  enum PullRequestState {
    OPEN
    CLOSED
    MERGED
  }
  type PullRequest {
    id: ID!
    number: Int!
    title: String!
    url: String!
    state: PullRequestState!
    merged: Boolean!
    isDraft: Boolean!
    baseRefName: String!
    headRefName: String!
  }
  type PullRequestEdge {
    node: PullRequest
    cursor: String!
  }
  type PullRequestConnection {
    edges: [PullRequestEdge]
    nodes: [PullRequest]
    totalCount: Int!
    pageInfo: PageInfo!
  }
  type Ref {
    id: ID!
    name: String!
    prefix: String!
    target: GitObject
    associatedPullRequests(first: Int, after: String, states: [PullRequestState!]): PullRequestConnection!
  }
  enum RepositoryVisibility {
    PUBLIC
    PRIVATE
    INTERNAL
  }
  type Repository {
    id: ID!
    databaseId: Int
    name: String!
    nameWithOwner: String!
    description: String
    url: String!
    isArchived: Boolean!
    isFork: Boolean!
    isPrivate: Boolean!
    isEmpty: Boolean!
    visibility: RepositoryVisibility!
    createdAt: String!
    pushedAt: String
    repositoryTopics(first: Int, after: String): RepositoryTopicConnection!
    defaultBranchRef: Ref
    object(expression: String, oid: String): GitObject
    ref(qualifiedName: String!): Ref
    pullRequests(first: Int, after: String, states: [PullRequestState!]): PullRequestConnection!
  }
  type RepositoryConnection {
    nodes: [Repository]
    totalCount: Int!
    pageInfo: PageInfo!
  }
  interface RepositoryOwner {
    id: ID!
    login: String!
    url: String!
    repositories(first: Int, after: String): RepositoryConnection!
    repository(name: String!): Repository
  }
  type OrganizationConnection {
    nodes: [Organization]
    totalCount: Int!
    pageInfo: PageInfo!
  }
  type User implements RepositoryOwner {
    id: ID!
    login: String!
    url: String!
    name: String
    email: String!
    bio: String
    avatarUrl: String!
    suspendedAt: String
    organizationVerifiedDomainEmails(login: String!): [String!]!
    organizations(first: Int, after: String): OrganizationConnection!
    repositories(first: Int, after: String): RepositoryConnection!
    repository(name: String!): Repository
  }
  type UserConnection {
    nodes: [User]
    totalCount: Int!
    pageInfo: PageInfo!
  }
  enum TeamMembershipType {
    ALL
    IMMEDIATE
    CHILD_TEAM
  }
  type Team {
    id: ID!
    slug: String!
    combinedSlug: String!
    name: String!
    description: String
    avatarUrl: String
    editTeamUrl: String!
    parentTeam: Team
    members(first: Int, after: String, membership: TeamMembershipType): UserConnection!
  }
  type TeamConnection {
    nodes: [Team]
    totalCount: Int!
    pageInfo: PageInfo!
  }
  type Organization implements RepositoryOwner {
    id: ID!
    login: String!
    url: String!
    name: String
    email: String
    avatarUrl: String!
    membersWithRole(first: Int, after: String): UserConnection!
    teams(first: Int, after: String, userLogins: [String!]): TeamConnection!
    team(slug: String!): Team
    repositories(first: Int, after: String): RepositoryConnection!
    repository(name: String!): Repository
  }
  type RateLimit {
    limit: Int!
    cost: Int!
    remaining: Int!
    used: Int!
    resetAt: String!
  }
  type Query {
    viewer: User!
    rateLimit: RateLimit
    user(login: String!): User
    organization(login: String!): Organization
    repositoryOwner(login: String!): RepositoryOwner
    repository(owner: String!, name: String!): Repository
  }
  input CommittableBranch {
    repositoryNameWithOwner: String
    branchName: String
  }
  input CommitMessage {
    headline: String!
    body: String
  }
  input FileAddition {
    path: String!
    contents: String!
  }
  input FileDeletion {
    path: String!
  }
  input FileChanges {
    additions: [FileAddition!]
    deletions: [FileDeletion!]
  }
  input CreateCommitOnBranchInput {
    clientMutationId: String
    branch: CommittableBranch!
    message: CommitMessage!
    fileChanges: FileChanges
    expectedHeadOid: String!
  }
  type CreateCommitOnBranchPayload {
    clientMutationId: String
    commit: Commit
  }
  type Mutation {
    createCommitOnBranch(input: CreateCommitOnBranchInput!): CreateCommitOnBranchPayload
  }
`);
