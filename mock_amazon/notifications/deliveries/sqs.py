"""Notifications in a real queue of Amazon SQS, or of a local server that speaks its language.

boto3 is an extra of this project, and is imported only where somebody uses it. Credentials are those that
it finds by itself: environment, profile, role.
"""

from __future__ import annotations

from contextlib import closing
from importlib.util import find_spec
from urllib.parse import urlsplit

from simkit.outgoing import NotAccepted

TIMEOUT = 5
"""Seconds of this machine's time for connecting, and for the answer."""
MISSING = 'SQS needs boto3: pip install "channelsim[sqs]"'


def is_there() -> bool:
    """Whether boto3 is installed."""
    return find_spec("boto3") is not None


def send(queue_url: str, region: str, body: str) -> str:
    """Put the message into the queue.

    Raises NotAccepted.
    """
    if not is_there():
        raise NotAccepted(MISSING)
    import boto3  # noqa: PLC0415 - an extra
    from botocore.config import Config  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    url = urlsplit(queue_url)
    config = Config(connect_timeout=TIMEOUT, read_timeout=TIMEOUT, retries={"total_max_attempts": 1})
    try:
        with closing(
            boto3.client(
                "sqs", region_name=region, endpoint_url=f"{url.scheme}://{url.netloc}", config=config
            )
        ) as client:
            client.send_message(QueueUrl=queue_url, MessageBody=body)
    except ClientError as error:
        raise NotAccepted(f"SQS: {error.response.get('Error', {}).get('Code', 'unknown error')}") from None
    except BotoCoreError as error:
        raise NotAccepted(f"SQS: {type(error).__name__}") from None
    return "SQS"
