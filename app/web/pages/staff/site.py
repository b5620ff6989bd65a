"""This house: its name, who helps with tablets, and who is told of a call for help when nobody else can be."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.crisis.keeping_site import keep_site
from app.people.roles import require
from app.web.pages.page import OwnPage

router = APIRouter()


@router.get("/staff/site")
async def site(page: OwnPage, kept: str = "") -> Response:
    require(page.me.roles, "edit_site")
    return page.show("staff_site.html", kept=kept)


@router.post("/staff/site")
async def keep(
    page: OwnPage,
    name: Annotated[str, Form()] = "",
    helper_name: Annotated[str, Form()] = "",
    helper_phone: Annotated[str, Form()] = "",
    helper_hours: Annotated[str, Form()] = "",
    catch_all: Annotated[str, Form()] = "",
    audit_mail: Annotated[str, Form()] = "",
    outside_name: Annotated[str, Form()] = "",
    outside_reach: Annotated[str, Form()] = "",
    small: Annotated[str, Form()] = "",
) -> Response:
    said = {
        "name": name, "helper_name": helper_name, "helper_phone": helper_phone,
        "helper_hours": helper_hours, "catch_all": catch_all, "audit_mail": audit_mail,
        "outside_name": outside_name, "outside_reach": outside_reach,
    }  # fmt: skip
    await page.house.database.transaction(keep_site, page.me, small=small == "yes", **said)
    return page.go("/staff/site?kept=yes")
