"""Who gets in by name and password of the system: members of its groups, which are the hub's groups too."""

import grp
import os
import pwd

from jupyterhub.auth import PAMAuthenticator


class Staff(PAMAuthenticator):
    """Asks for the groups at each sign-in and every few minutes, so that whoever has left them is out."""

    async def authenticate(self, handler, data):
        """Give the account and its groups, or None."""
        name = await super().authenticate(handler, data)
        return name and {"name": name, "groups": self.groups_of(name)}

    async def refresh_user(self, user, handler=None):
        """Give the same again; False if there is no group left that lets in."""
        groups = self.groups_of(user.name)
        return bool(groups) and {"name": user.name, "groups": groups}

    def groups_of(self, name):
        """List those of the groups that let in which an account belongs to."""
        try:
            mine = os.getgrouplist(name, pwd.getpwnam(name).pw_gid)
        except KeyError:
            return []
        there = {group.gr_name for group in map(grp.getgrgid, mine)}
        return sorted(there & self.allowed_groups)
