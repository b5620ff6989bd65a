"""One process's delivery: each channel's frames in order of their version, once, to each subscriber.

A frame that comes early waits a moment; what is missing is fetched; what is known is dropped. Where a version can no
longer be known, subscribers are caught up afresh (`catch_up`), and counting goes on from there.

`fetch(channel, after)` answers what changed; `catch_up(subscription, after)` answers the frame that tells it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog

from app.foundation.realtime.channel import CaughtUp, Channel, Connection, Fetched, Subscription, Told

log = structlog.get_logger()
A_MOMENT = 0.1


class Hub:
    def __init__(
        self,
        fetch: Callable[[str, int], Awaitable[Fetched]],
        catch_up: Callable[[Subscription, int], Awaitable[CaughtUp | None]],
    ) -> None:
        self.fetch, self.catch_up = fetch, catch_up
        self.channels: dict[str, Channel] = {}
        self.repairs: set[asyncio.Task[None]] = set()

    def subscribe(self, name: str, connection: Connection, person: str) -> Subscription:
        """Register before reading anything: what is told meanwhile is held for `begin`."""
        channel = self.channels.setdefault(name, Channel(name))
        subscription = Subscription(channel, connection, person)
        channel.subscriptions[connection] = subscription
        return subscription

    def begin(self, subscription: Subscription, start: CaughtUp) -> bool:
        """Send the first frame and all that came since. False if it is out of date already: read again."""
        channel = subscription.channel
        if channel.subscriptions.get(subscription.connection) is not subscription:
            return True
        news = [told for told in subscription.held if told.version > start.version]
        reached = start.version + len(news)
        if channel.hidden_at > start.version or max(channel.version or 0, channel.due) > reached:
            return False
        subscription.connection.send(start.frame)
        if news:
            subscription.connection.send(b"".join(told.frame for told in news), len(news))
        subscription.version, subscription.ready = reached, True
        subscription.held.clear()
        if channel.version is None:
            channel.version = start.version
            self.take(channel.name, [])
        return True

    def unsubscribe(self, name: str, connection: Connection) -> None:
        channel = self.channels.get(name)
        if channel and channel.subscriptions.pop(connection, None) and not channel.subscriptions:
            del self.channels[name]
            if channel.mender:
                channel.mender.cancel()

    def take(self, name: str, changes: Iterable[Told]) -> None:
        """Changes of a channel, from this process or the bus, in any order, any number of times."""
        channel = self.channels.get(name)
        if channel is None:
            return
        for told in changes:
            if told.hides:
                self._hide(channel, told.version)
            if channel.version is None or told.version > channel.version:
                channel.early[told.version] = told
        if channel.version is None or channel.blocked:
            return
        self._deliver(channel, channel.next_in_order())
        if any(told.hides for told in channel.early.values()):
            channel.blocked = True
            self._mend_after(channel, 0)
        elif channel.early:
            self._mend_after(channel, A_MOMENT)

    def behind(self, versions: dict[str, int]) -> None:
        """What the sweep found in the database: mend each channel that has not heard of its newest version."""
        for name, version in versions.items():
            if channel := self.channels.get(name):
                channel.due = max(channel.due, version)
                if channel.version is not None and channel.version < channel.due:
                    self._mend_after(channel, A_MOMENT)

    async def stop(self) -> None:
        """End what is being mended; nobody is told anything after this."""
        tasks = [*self.repairs, *(one.mender for one in self.channels.values() if one.mender)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def say(self, name: str, frame: bytes, but: Connection | None = None) -> None:
        """A moment: to whoever is there, without a version."""
        channel = self.channels.get(name)
        for subscription in list(channel.subscriptions.values()) if channel else ():
            if subscription.ready and subscription.connection is not but:
                subscription.connection.send(frame)

    def _deliver(self, channel: Channel, run: list[Told]) -> None:
        if not run:
            return
        joined, first, last = b"".join(told.frame for told in run), run[0].version, run[-1].version
        channel.version = last
        for subscription in list(channel.subscriptions.values()):
            if not subscription.ready:
                subscription.held.extend(run)
            elif subscription.version == first - 1:
                subscription.version = last
                subscription.connection.send(joined, len(run))
            elif subscription.version < last:
                news = [told for told in run if told.version > subscription.version]
                subscription.version = last
                subscription.connection.send(b"".join(told.frame for told in news), len(news))

    def _hide(self, channel: Channel, version: int) -> None:
        """From now on nobody is shown the channel as it was before; nor what still waits to be taken."""
        if version > channel.hidden_at:
            channel.hidden_at = version
            for subscription in list(channel.subscriptions.values()):
                subscription.connection.recall()

    def _mend_after(self, channel: Channel, seconds: float) -> None:
        """One mender a channel; one that is at work goes on until nothing is missing, one that rests can be woken."""
        if channel.mender and (seconds or not channel.resting):
            return
        if channel.mender:
            channel.mender.cancel()
        channel.resting = True
        channel.mender = asyncio.create_task(self._mend(channel, seconds))

    async def _mend(self, channel: Channel, seconds: float) -> None:
        """Ask the database what this channel missed, until nothing is missing."""
        await asyncio.sleep(seconds)
        channel.resting = False
        try:
            while channel.blocked or channel.early or (channel.version or 0) < channel.due:
                channel.blocked = True
                fetched = await self.fetch(channel.name, channel.version or 0)
                if fetched.version < max(channel.hidden_at, channel.version or 0, channel.due):
                    await asyncio.sleep(A_MOMENT)
                    continue
                self._apply(channel, fetched)
        except Exception as trouble:
            log.warning("mending_put_off", channel=channel.name, trouble=type(trouble).__name__)
            channel.blocked = bool(channel.early and channel.hidden_at > (channel.version or 0))
        finally:
            if channel.mender is asyncio.current_task():
                channel.mender = None

    def _apply(self, channel: Channel, fetched: Fetched) -> None:
        was = channel.version or 0
        whole = [told.version for told in fetched.changes] == list(range(was + 1, fetched.version + 1))
        untold = not whole and not fetched.changes
        if untold or any(told.hides for told in fetched.changes):
            self._hide(channel, fetched.version)
        if whole:
            self._deliver(channel, fetched.changes)
        channel.version = fetched.version
        channel.blocked = False
        lagging = [] if whole else self._lagging(channel)
        self.take(channel.name, [])
        for subscription in lagging:
            task = asyncio.create_task(self.repair(subscription))
            self.repairs.add(task)
            task.add_done_callback(self.repairs.discard)

    def _lagging(self, channel: Channel) -> list[Subscription]:
        behind = [one for one in channel.subscriptions.values() if one.ready and one.version < (channel.version or 0)]
        for subscription in behind:
            subscription.ready = False
        return behind

    async def repair(self, subscription: Subscription) -> None:
        """Bring one subscriber up to date by its own `catch_up` frame; if that cannot be had, cut it."""
        try:
            start = await self.catch_up(subscription, subscription.version)
            while start and not self.begin(subscription, start):
                start = await self.catch_up(subscription, subscription.version)
        except Exception as trouble:
            log.warning("repair_gave_up", channel=subscription.channel.name, trouble=type(trouble).__name__)
            subscription.connection.cut()
