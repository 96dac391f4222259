namespace L4ReMusl.Root.Checks;

/// <summary>Users, groups, passwords and shells: readable, and consistent with each other.</summary>
/// <remarks>Formats: passwd(5), group(5), shadow(5), shells(5).</remarks>
sealed class AccountCheck : IRootFsCheck
{
    const string Passwd = "/etc/passwd", Group = "/etc/group", Shadow = "/etc/shadow", Shells = "/etc/shells";

    // These need not exist: without them nobody can log in either, which is their purpose.
    static readonly string[] NoLogin = ["/sbin/nologin", "/usr/sbin/nologin", "/bin/false", "/usr/bin/false"];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        var problems = new List<string>();
        var users = Read(root, Passwd, 7, problems);
        var groups = Read(root, Group, 4, problems);
        var passwords = Read(root, Shadow, 9, problems);
        problems.AddRange(
        [
            .. Duplicates(Passwd, users), .. Duplicates(Group, groups),
            .. Users(root, users, groups), .. Members(users, groups), .. Passwords(users, passwords),
            .. root.ReadLines(Shells)
                .Where(shell => !root.IsProgram(shell))
                .Select(shell => $"{Shells}: the shell {shell} does not exist"),
        ]);
        return problems;
    }

    static List<string[]> Read(RootFsTree root, string path, int fields, List<string> problems)
    {
        var lines = root.ReadLines(path)
            .Select(line => line.Split(':'))
            .ToLookup(line => line.Length == fields && line[0].Length > 0);
        problems.AddRange(lines[false].Select(line =>
            $"{path}: the line '{string.Join(':', line)}' must have {fields} fields, of which the first is a name"));
        if (lines.Count == 0)
            problems.Add($"{path}: is missing or empty");
        return [.. lines[true]];
    }

    static IEnumerable<string> Duplicates(string path, List<string[]> lines) =>
        from field in (int[])[0, 2]
        from twice in lines.GroupBy(line => line[field]).Where(same => same.Count() > 1)
        select $"{path}: {(field == 0 ? "the name" : "the id")} '{twice.Key}' appears twice";

    static IEnumerable<string> Users(RootFsTree root, List<string[]> users, List<string[]> groups)
    {
        if (!users.Exists(user => user[0] == "root" && user[2] == "0"))
            yield return $"{Passwd}: has no user root with the id 0";
        var shells = root.ReadLines(Shells);
        foreach (var user in users)
        {
            var (name, group, home, shell) = (user[0], user[3], user[5], user[6]);
            if (!uint.TryParse(user[2], out _))
                yield return $"{Passwd}: '{user[2]}' is not a valid user id for {name}";
            if (!groups.Exists(line => line[2] == group))
                yield return $"{Passwd}: the group {group} of {name} is not in {Group}";
            if (!root.IsFolder(home))
                yield return $"{Passwd}: the home folder {home} of {name} does not exist";
            if (!NoLogin.Contains(shell) && !(shells.Contains(shell) && root.IsProgram(shell)))
                yield return $"{Passwd}: the shell '{shell}' of {name} does not exist, or is not in {Shells}";
        }
    }

    static IEnumerable<string> Members(List<string[]> users, List<string[]> groups) =>
        from line in groups
        from member in line[3].Split(',', StringSplitOptions.RemoveEmptyEntries)
        where !users.Exists(user => user[0] == member)
        select $"{Group}: the member {member} of {line[0]} is not in {Passwd}";

    static IEnumerable<string> Passwords(List<string[]> users, List<string[]> passwords)
    {
        foreach (var user in users.Where(user => !passwords.Exists(line => line[0] == user[0])))
            yield return $"{Shadow}: has no line for {user[0]}";
        foreach (var line in passwords.Where(line => !users.Exists(user => user[0] == line[0])))
            yield return $"{Shadow}: {line[0]} is not in {Passwd}";
        foreach (var user in users.Where(user => user[1] != "x"))
            yield return $"{Passwd}: the password of {user[0]} must be 'x', which refers to {Shadow}";
        foreach (var line in passwords.Where(line => line[1].Length == 0))
            yield return $"{Shadow}: {line[0]} can log in without a password";
    }
}
