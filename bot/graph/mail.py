"""One mail from the Hub's mailbox to one person, and what address they have."""

from dataclasses import dataclass

from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.file_attachment import FileAttachment
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import (
    SendMailPostRequestBody,
)
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.graph_service_client import GraphServiceClient

from bot.graph.errors import as_delivery, is_gone


@dataclass(frozen=True)
class Letter:
    """One mail in words, and the calendar file that goes along, if any."""

    to: str
    name: str
    subject: str
    text: str
    calendar_file: bytes | None = None


async def address_of(graph: GraphServiceClient, user_id: str) -> str | None:
    """Where somebody gets mail; None when the directory has no address for them.

    Raises DeliveryFailed. Source: Graph v1.0, user: get.
    """
    query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(select=["id", "mail"])
    async with as_delivery("mail address", needs="User.Read.All"):
        try:
            found = await graph.users.by_user_id(user_id).get(
                RequestConfiguration(query_parameters=query)
            )
        except APIError as error:
            if is_gone(error):
                return None
            raise
    return found.mail if found else None


async def send_mail(graph: GraphServiceClient, sender: str, letter: Letter) -> None:
    """Send one mail, kept in nobody's "Sent items".

    Raises DeliveryFailed. Source: Graph v1.0, user: sendMail.
    """
    message = Message(
        subject=letter.subject,
        body=ItemBody(content_type=BodyType.Text, content=letter.text),
        to_recipients=[Recipient(email_address=EmailAddress(address=letter.to, name=letter.name))],
    )
    if letter.calendar_file:
        message.attachments = [
            FileAttachment(
                name="session.ics",
                content_type="text/calendar; charset=utf-8; method=PUBLISH",
                content_bytes=letter.calendar_file,
            )
        ]
    async with as_delivery("mail", needs="Mail.Send"):
        await graph.users.by_user_id(sender).send_mail.post(
            SendMailPostRequestBody(message=message, save_to_sent_items=False)
        )
