namespace Nuke.Common.CI.GitHubActions;

public enum GitHubActionsImage
{
    WindowsServer2022,
    WindowsServer2019,
    Ubuntu2404,
    Ubuntu2204,
    Ubuntu2004,
    Ubuntu1804,
    MacOs14,
    MacOs12,
    MacOs11,
    MacOs1015,
    WindowsLatest,
    UbuntuLatest,
    MacOsLatest,
    SelfHosted,
}

public enum GitHubActionsTrigger
{
    Push,
    PullRequest,
    WorkflowDispatch,
}

public enum GitHubActionsPermissions
{
    Actions,
    Checks,
    Contents,
    Deployments,
    IdToken,
    Issues,
    Discussions,
    Packages,
    Pages,
    PullRequests,
    RepositoryProjects,
    SecurityEvents,
    Statuses,
}

public enum GitHubActionsSubmodules
{
    False,
    True,
    Recursive,
}
