"""All tables of the first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:  # noqa: PLR0915 - a schema is one long sentence
    op.create_table(
        "blob",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blob_sha256")),
        info={"journal": False},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "code_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_list")),
        sa.UniqueConstraint("ref", name=op.f("uq_code_list_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_code_list_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_code_list_list_code", "code_list", ["list", "code"], unique=True)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name2", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("sud_program", sa.Boolean(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("npi", sa.String(), nullable=True),
        sa.Column("directory_key", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_as_of", sa.Date(), nullable=True),
        sa.Column("facility_type", sa.String(), nullable=False),
        sa.Column("service_codes", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("levels_of_care", sa.JSON(), nullable=False),
        sa.Column("licence_state", sa.String(), nullable=False),
        sa.Column("licence_number", sa.String(), nullable=False),
        sa.Column("licence_scope", sa.String(), nullable=False),
        sa.Column("licence_verified_on", sa.Date(), nullable=True),
        sa.Column("accreditation", sa.JSON(), nullable=False),
        sa.Column("ages", sa.String(), nullable=False),
        sa.Column("genders", sa.String(), nullable=False),
        sa.Column("populations", sa.JSON(), nullable=False),
        sa.Column("treats_well", sa.String(), nullable=False),
        sa.Column("does_not_take", sa.String(), nullable=False),
        sa.Column("co_occurring", sa.String(), nullable=False),
        sa.Column("modalities", sa.JSON(), nullable=False),
        sa.Column("medications", sa.JSON(), nullable=False),
        sa.Column("detox_on_site", sa.Boolean(), nullable=True),
        sa.Column("psychiatry_hours", sa.String(), nullable=False),
        sa.Column("nursing", sa.String(), nullable=False),
        sa.Column("staff_ratio", sa.String(), nullable=False),
        sa.Column("clinical_director", sa.String(), nullable=False),
        sa.Column("family_program", sa.String(), nullable=False),
        sa.Column("academics", sa.String(), nullable=False),
        sa.Column("typical_stay", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("wait", sa.String(), nullable=False),
        sa.Column("admission_criteria", sa.String(), nullable=False),
        sa.Column("exclusions", sa.String(), nullable=False),
        sa.Column("private_pay_cents", sa.Integer(), nullable=True),
        sa.Column("private_pay_per", sa.String(), nullable=False),
        sa.Column("private_pay_covers", sa.String(), nullable=False),
        sa.Column("deposit", sa.String(), nullable=False),
        sa.Column("payers_in_network", sa.JSON(), nullable=False),
        sa.Column("single_case_history", sa.String(), nullable=False),
        sa.Column("transport", sa.String(), nullable=False),
        sa.Column("visit_policy", sa.String(), nullable=False),
        sa.Column("restraint_policy", sa.String(), nullable=False),
        sa.Column("outcomes_published", sa.String(), nullable=False),
        sa.Column("communication_style", sa.String(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("my_rating", sa.Integer(), nullable=True),
        sa.Column("conflicts", sa.String(), nullable=False),
        sa.Column("pdf_password", sa.String(), nullable=True),
        sa.Column("pdf_password_told", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("directory_key", name=op.f("uq_organisation_directory_key")),
        sa.UniqueConstraint("npi", name=op.f("uq_organisation_npi")),
        sa.UniqueConstraint("ref", name=op.f("uq_organisation_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_name"), "organisation", ["name"], unique=False)
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_setting_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_setting_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blob_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blob_id"], ["blob.id"], name=op.f("fk_blob_chunk_blob_id_blob"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob_chunk")),
        info={"journal": False},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_blob_chunk_blob_id_number", "blob_chunk", ["blob_id", "number"], unique=True
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("middle_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("preferred_name", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("pronouns", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("credentials", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("card_uid", sa.String(), nullable=True),
        sa.Column("pdf_password", sa.String(), nullable=True),
        sa.Column("pdf_password_told", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_person_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("card_uid", name=op.f("uq_person_card_uid")),
        sa.UniqueConstraint("ref", name=op.f("uq_person_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_family_name"), "person", ["family_name"], unique=False)
    op.create_index(op.f("ix_person_organisation_id"), "person", ["organisation_id"], unique=False)
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("street2", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("zip", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_address_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_address_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("ref", name=op.f("uq_address_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_address_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_address_organisation_id"), "address", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_address_person_id"), "address", ["person_id"], unique=False)
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sex_at_birth", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("race_ethnicity", sa.String(), nullable=False),
        sa.Column("religion_culture", sa.String(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("education", sa.String(), nullable=False),
        sa.Column("employment", sa.String(), nullable=False),
        sa.Column("military", sa.String(), nullable=False),
        sa.Column("living_situation", sa.String(), nullable=False),
        sa.Column("legal_status", sa.String(), nullable=False),
        sa.Column("diagnoses_reported", sa.String(), nullable=False),
        sa.Column("allergies", sa.String(), nullable=False),
        sa.Column("primary_substances", sa.String(), nullable=False),
        sa.Column("recovery_on", sa.Date(), nullable=True),
        sa.Column("my_role", sa.String(), nullable=False),
        sa.Column("where_things_stand", sa.String(), nullable=False),
        sa.Column("where_things_stand_at", sa.DateTime(), nullable=True),
        sa.Column("minor_may_consent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_client_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["document.id"], name=op.f("fk_client_photo_id_document"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("person_id", name=op.f("uq_client_person_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_client_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_client_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_client_status"), "client", ["status"], unique=False)
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("may_call", sa.Boolean(), nullable=False),
        sa.Column("voicemail", sa.String(), nullable=False),
        sa.Column("may_text", sa.Boolean(), nullable=False),
        sa.Column("email_encrypted_only", sa.Boolean(), nullable=False),
        sa.Column("best_times", sa.String(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contact_point_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_contact_point_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("ref", name=op.f("uq_contact_point_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_point_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_contact_point_organisation_id"), "contact_point", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_point_person_id"), "contact_point", ["person_id"], unique=False
    )
    op.create_table(
        "person_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["person.id"],
            name=op.f("fk_person_relation_other_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_relation_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_relation")),
        sa.UniqueConstraint("ref", name=op.f("uq_person_relation_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_relation_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_person_relation_other_id"), "person_relation", ["other_id"], unique=False
    )
    op.create_index(
        op.f("ix_person_relation_person_id"), "person_relation", ["person_id"], unique=False
    )
    op.create_table(
        "professional",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("fees", sa.String(), nullable=False),
        sa.Column("insurance", sa.JSON(), nullable=False),
        sa.Column("availability", sa.String(), nullable=False),
        sa.Column("telehealth_states", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_professional_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_professional")),
        sa.UniqueConstraint("person_id", name=op.f("uq_professional_person_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_professional_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_professional_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "circle_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relationship", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_circle_member_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_circle_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_member")),
        sa.UniqueConstraint("ref", name=op.f("uq_circle_member_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_circle_member_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_circle_member_client_id"), "circle_member", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_circle_member_person_id"), "circle_member", ["person_id"], unique=False
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("correspondent", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("part2", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("retain_until", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blob.id"], name=op.f("fk_document_blob_id_blob")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_document_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("ref", name=op.f("uq_document_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_document_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_document_blob_id"), "document", ["blob_id"], unique=False)
    op.create_index(op.f("ix_document_client_id"), "document", ["client_id"], unique=False)
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_draft_client_id_client"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_key")),
        info={"journal": False},
    )
    op.create_table(
        "engagement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("payers", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("exclusions", sa.String(), nullable=False),
        sa.Column("response_promise", sa.String(), nullable=False),
        sa.Column("after_hours", sa.String(), nullable=False),
        sa.Column("fee_model", sa.String(), nullable=False),
        sa.Column("rates", sa.String(), nullable=False),
        sa.Column("retainer_terms", sa.String(), nullable=False),
        sa.Column("mileage_terms", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["document.id"],
            name=op.f("fk_engagement_agreement_id_document"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_engagement_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("ref", name=op.f("uq_engagement_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_engagement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_engagement_client_id"), "engagement", ["client_id"], unique=False)
    op.create_table(
        "episode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("level_of_care", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("admitted", sa.Date(), nullable=True),
        sa.Column("discharged", sa.Date(), nullable=True),
        sa.Column("planned_discharge", sa.Date(), nullable=True),
        sa.Column("planned_days", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("cost_cents", sa.Integer(), nullable=True),
        sa.Column("clinicians", sa.String(), nullable=False),
        sa.Column("my_role", sa.String(), nullable=False),
        sa.Column("admission_type", sa.String(), nullable=False),
        sa.Column("discharge_type", sa.String(), nullable=False),
        sa.Column("discharge_reason", sa.String(), nullable=False),
        sa.Column("against_advice", sa.Boolean(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("lessons", sa.String(), nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("part2", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_episode_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_episode_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["person.id"], name=op.f("fk_episode_provider_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
        sa.UniqueConstraint("ref", name=op.f("uq_episode_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_episode_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_episode_client_id"), "episode", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_episode_organisation_id"), "episode", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_episode_provider_id"), "episode", ["provider_id"], unique=False)
    op.create_table(
        "family_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("approvals", sa.JSON(), nullable=False),
        sa.Column("finalised_at", sa.DateTime(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_family_update_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["family_update.id"],
            name=op.f("fk_family_update_supersedes_id_family_update"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_update")),
        sa.UniqueConstraint("ref", name=op.f("uq_family_update_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_family_update_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_family_update_client_id"), "family_update", ["client_id"], unique=False
    )
    op.create_table(
        "legal_authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_legal_authority_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_legal_authority_document_id_document"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_legal_authority_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_authority")),
        sa.UniqueConstraint("ref", name=op.f("uq_legal_authority_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_legal_authority_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_legal_authority_client_id"), "legal_authority", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_legal_authority_person_id"), "legal_authority", ["person_id"], unique=False
    )
    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_restriction_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
        sa.UniqueConstraint("ref", name=op.f("uq_restriction_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_restriction_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_restriction_client_id"), "restriction", ["client_id"], unique=False)
    op.create_table(
        "update_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("weekday", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("tone_notes", sa.String(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_update_plan_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["person.id"], name=op.f("fk_update_plan_recipient_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_plan")),
        sa.UniqueConstraint("ref", name=op.f("uq_update_plan_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_update_plan_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_update_plan_client_id"), "update_plan", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_update_plan_recipient_id"), "update_plan", ["recipient_id"], unique=False
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("discloser", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("limits", sa.String(), nullable=False),
        sa.Column("records_from", sa.Date(), nullable=True),
        sa.Column("records_until", sa.Date(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("expires_episode_id", sa.Integer(), nullable=True),
        sa.Column("expires_with_engagement", sa.Boolean(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("signer_authority", sa.String(), nullable=False),
        sa.Column("authority_document_id", sa.Integer(), nullable=True),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("capacity_note", sa.String(), nullable=False),
        sa.Column("form_on_file", sa.Boolean(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("state_overlay", sa.String(), nullable=False),
        sa.Column("statements", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("copy_given_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_how", sa.String(), nullable=False),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.Column("revocation_document_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("letter_words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_document_id"],
            ["document.id"],
            name=op.f("fk_consent_authority_document_id_document"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_consent_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_consent_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["expires_episode_id"],
            ["episode.id"],
            name=op.f("fk_consent_expires_episode_id_episode"),
        ),
        sa.ForeignKeyConstraint(
            ["revocation_document_id"],
            ["document.id"],
            name=op.f("fk_consent_revocation_document_id_document"),
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["consent.id"], name=op.f("fk_consent_superseded_by_id_consent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("ref", name=op.f("uq_consent_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_consent_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_consent_expires_episode_id"), "consent", ["expires_episode_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_superseded_by_id"), "consent", ["superseded_by_id"], unique=False
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("episode_id", sa.Integer(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(), nullable=False),
        sa.Column("occurred_zone", sa.String(), nullable=False),
        sa.Column("time_recorded", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("service_components", sa.JSON(), nullable=False),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column("part2", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("risk_action", sa.String(), nullable=False),
        sa.Column("client_response", sa.String(), nullable=False),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("no_follow_up", sa.Boolean(), nullable=False),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("billed_minutes", sa.Integer(), nullable=True),
        sa.Column("rate_cents", sa.Integer(), nullable=True),
        sa.Column("miles", sa.Double(), nullable=True),
        sa.Column("expense_cents", sa.Integer(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signature_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_entry_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["entry.id"], name=op.f("fk_entry_copied_from_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_entry_engagement_id_engagement")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["episode.id"], name=op.f("fk_entry_episode_id_episode")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("ref", name=op.f("uq_entry_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_entry_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_entry_client_id_occurred_at", "entry", ["client_id", "occurred_at"], unique=False
    )
    op.create_index(op.f("ix_entry_episode_id"), "entry", ["episode_id"], unique=False)
    op.create_index(op.f("ix_entry_occurred_at"), "entry", ["occurred_at"], unique=False)
    op.create_index(op.f("ix_entry_status"), "entry", ["status"], unique=False)
    op.create_table(
        "level_stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("level_of_care", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["episode.id"],
            name=op.f("fk_level_stay_episode_id_episode"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_stay")),
        sa.UniqueConstraint("ref", name=op.f("uq_level_stay_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_level_stay_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_level_stay_episode_id"), "level_stay", ["episode_id"], unique=False)
    op.create_table(
        "plain_email",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("circle_member_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("warning_version", sa.String(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_member_id"],
            ["circle_member.id"],
            name=op.f("fk_plain_email_circle_member_id_circle_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plain_email")),
        sa.UniqueConstraint("ref", name=op.f("uq_plain_email_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_plain_email_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_plain_email_circle_member_id"), "plain_email", ["circle_member_id"], unique=False
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("trading_name", sa.String(), nullable=False),
        sa.Column("letterhead_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("business_hours", sa.String(), nullable=False),
        sa.Column("after_hours", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("invoice_prefix", sa.String(), nullable=False),
        sa.Column("next_invoice_number", sa.Integer(), nullable=False),
        sa.Column("default_rates", sa.JSON(), nullable=False),
        sa.Column("retention_years_adult", sa.Integer(), nullable=False),
        sa.Column("retention_minor_rule", sa.String(), nullable=False),
        sa.Column("note_lock_hours", sa.Integer(), nullable=False),
        sa.Column("late_entry_hours", sa.Integer(), nullable=False),
        sa.Column("update_every", sa.String(), nullable=False),
        sa.Column("hipaa_status", sa.String(), nullable=False),
        sa.Column("part2_status", sa.String(), nullable=False),
        sa.Column("business_associate_of", sa.String(), nullable=False),
        sa.Column("breach_contacts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letterhead_id"], ["document.id"], name=op.f("fk_practice_letterhead_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("ref", name=op.f("uq_practice_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_practice_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credentials", sa.String(), nullable=False),
        sa.Column("tagline", sa.String(), nullable=False),
        sa.Column("licence_number", sa.String(), nullable=False),
        sa.Column("licence_state", sa.String(), nullable=False),
        sa.Column("licence_expires_on", sa.Date(), nullable=True),
        sa.Column("npi", sa.String(), nullable=False),
        sa.Column("liability_policy", sa.String(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["document.id"], name=op.f("fk_practitioner_signature_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner")),
        sa.UniqueConstraint("ref", name=op.f("uq_practitioner_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_practitioner_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "restriction_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("restriction_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_restriction_recipient_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_restriction_recipient_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["restriction_id"],
            ["restriction.id"],
            name=op.f("fk_restriction_recipient_restriction_id_restriction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction_recipient")),
        sa.UniqueConstraint("ref", name=op.f("uq_restriction_recipient_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_restriction_recipient_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_restriction_recipient_organisation_id"),
        "restriction_recipient",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_restriction_recipient_person_id"),
        "restriction_recipient",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_restriction_recipient_restriction_id"),
        "restriction_recipient",
        ["restriction_id"],
        unique=False,
    )
    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("at_zone", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_addendum_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("ref", name=op.f("uq_addendum_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_addendum_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_addendum_entry_id"), "addendum", ["entry_id"], unique=False)
    op.create_table(
        "consent_recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_consent_recipient_consent_id_consent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_consent_recipient_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_recipient_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_recipient")),
        sa.UniqueConstraint("ref", name=op.f("uq_consent_recipient_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_consent_recipient_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_consent_recipient_consent_id"), "consent_recipient", ["consent_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_recipient_organisation_id"),
        "consent_recipient",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_consent_recipient_person_id"), "consent_recipient", ["person_id"], unique=False
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("recipient_person_id", sa.Integer(), nullable=True),
        sa.Column("recipient_organisation_id", sa.Integer(), nullable=True),
        sa.Column("recipient_name", sa.String(), nullable=False),
        sa.Column("recipient_organisation", sa.String(), nullable=False),
        sa.Column("recipient_address", sa.String(), nullable=False),
        sa.Column("discloser", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("notice_version", sa.String(), nullable=False),
        sa.Column("notice_form", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("delivery_evidence", sa.String(), nullable=False),
        sa.Column("min_necessary_confirmed_by", sa.String(), nullable=False),
        sa.Column("part2", sa.Boolean(), nullable=False),
        sa.Column("restriction_check", sa.String(), nullable=False),
        sa.Column("override_reason", sa.String(), nullable=False),
        sa.Column("emergency", sa.JSON(), nullable=False),
        sa.Column("correction_of_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_disclosure_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_disclosure_consent_id_consent")
        ),
        sa.ForeignKeyConstraint(
            ["correction_of_id"],
            ["disclosure.id"],
            name=op.f("fk_disclosure_correction_of_id_disclosure"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_disclosure_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_disclosure_recipient_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_person_id"],
            ["person.id"],
            name=op.f("fk_disclosure_recipient_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("ref", name=op.f("uq_disclosure_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_disclosure_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_disclosure_at"), "disclosure", ["at"], unique=False)
    op.create_index(op.f("ix_disclosure_client_id"), "disclosure", ["client_id"], unique=False)
    op.create_index(op.f("ix_disclosure_consent_id"), "disclosure", ["consent_id"], unique=False)
    op.create_index(
        op.f("ix_disclosure_recipient_organisation_id"),
        "disclosure",
        ["recipient_organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_disclosure_recipient_person_id"),
        "disclosure",
        ["recipient_person_id"],
        unique=False,
    )
    op.create_table(
        "entry_client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_entry_client_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_client_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_client")),
        sa.UniqueConstraint("ref", name=op.f("uq_entry_client_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_entry_client_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_client_client_id"), "entry_client", ["client_id"], unique=False)
    op.create_index(op.f("ix_entry_client_entry_id"), "entry_client", ["entry_id"], unique=False)
    op.create_table(
        "entry_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_mark_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_entry_mark_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_entry_mark_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_mark")),
        sa.UniqueConstraint("ref", name=op.f("uq_entry_mark_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_entry_mark_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_mark_entry_id"), "entry_mark", ["entry_id"], unique=False)
    op.create_index(
        op.f("ix_entry_mark_organisation_id"), "entry_mark", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_entry_mark_person_id"), "entry_mark", ["person_id"], unique=False)
    op.create_table(
        "entry_participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_participant_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_entry_participant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_participant")),
        sa.UniqueConstraint("ref", name=op.f("uq_entry_participant_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_entry_participant_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_entry_participant_entry_id"), "entry_participant", ["entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_entry_participant_person_id"), "entry_participant", ["person_id"], unique=False
    )
    op.create_table(
        "entry_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("family_line", sa.String(), nullable=False),
        sa.Column("short_line", sa.String(), nullable=False),
        sa.Column("short_topics", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_wording_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_wording")),
        sa.UniqueConstraint("ref", name=op.f("uq_entry_wording_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_entry_wording_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_entry_wording_entry_id"), "entry_wording", ["entry_id"], unique=False)
    op.create_table(
        "entry_wrong_chart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("wrong", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_wrong_chart_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_wrong_chart")),
        sa.UniqueConstraint("ref", name=op.f("uq_entry_wrong_chart_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_entry_wrong_chart_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_entry_wrong_chart_entry_id"), "entry_wrong_chart", ["entry_id"], unique=False
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_follow_up_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_follow_up_entry_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_follow_up_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_follow_up_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_follow_up_due"), "follow_up", ["due"], unique=False)
    op.create_table(
        "restriction_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("restriction_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_restriction_entry_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["restriction_id"],
            ["restriction.id"],
            name=op.f("fk_restriction_entry_restriction_id_restriction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction_entry")),
        sa.UniqueConstraint("ref", name=op.f("uq_restriction_entry_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_restriction_entry_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_restriction_entry_entry_id"), "restriction_entry", ["entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_restriction_entry_restriction_id"),
        "restriction_entry",
        ["restriction_id"],
        unique=False,
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("waiting_on_id", sa.Integer(), nullable=True),
        sa.Column("waiting_since", sa.Date(), nullable=True),
        sa.Column("chase_days", sa.Integer(), nullable=True),
        sa.Column("recurrence", sa.String(), nullable=False),
        sa.Column("estimate_minutes", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("family_line", sa.String(), nullable=False),
        sa.Column("part2", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_task_client_id_client"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_task_consent_id_consent")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_task_entry_id_entry")),
        sa.ForeignKeyConstraint(
            ["waiting_on_id"], ["person.id"], name=op.f("fk_task_waiting_on_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("ref", name=op.f("uq_task_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_task_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_task_client_id"), "task", ["client_id"], unique=False)
    op.create_index(op.f("ix_task_consent_id"), "task", ["consent_id"], unique=False)
    op.create_index(op.f("ix_task_done_on"), "task", ["done_on"], unique=False)
    op.create_index(op.f("ix_task_due"), "task", ["due"], unique=False)
    op.create_index(op.f("ix_task_entry_id"), "task", ["entry_id"], unique=False)
    op.create_index(op.f("ix_task_waiting_on_id"), "task", ["waiting_on_id"], unique=False)
    op.create_table(
        "update_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("imported_digest", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("contact_point_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("kept_back", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("disclosure_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("reply_entry_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_update_copy_consent_id_consent")
        ),
        sa.ForeignKeyConstraint(
            ["contact_point_id"],
            ["contact_point.id"],
            name=op.f("fk_update_copy_contact_point_id_contact_point"),
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_update_copy_disclosure_id_disclosure"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_update_copy_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_update_copy_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_update_copy_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reply_entry_id"], ["entry.id"], name=op.f("fk_update_copy_reply_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"],
            ["family_update.id"],
            name=op.f("fk_update_copy_update_id_family_update"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_copy")),
        sa.UniqueConstraint("ref", name=op.f("uq_update_copy_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_update_copy_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_update_copy_organisation_id"), "update_copy", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_update_copy_person_id"), "update_copy", ["person_id"], unique=False)
    op.create_index(op.f("ix_update_copy_update_id"), "update_copy", ["update_id"], unique=False)


def downgrade() -> None:
    op.drop_table("update_copy")
    op.drop_table("task")
    op.drop_table("restriction_entry")
    op.drop_table("follow_up")
    op.drop_table("entry_wrong_chart")
    op.drop_table("entry_wording")
    op.drop_table("entry_participant")
    op.drop_table("entry_mark")
    op.drop_table("entry_client")
    op.drop_table("disclosure")
    op.drop_table("consent_recipient")
    op.drop_table("addendum")
    op.drop_table("restriction_recipient")
    op.drop_table("practitioner")
    op.drop_table("practice")
    op.drop_table("plain_email")
    op.drop_table("level_stay")
    op.drop_table("entry")
    op.drop_table("consent")
    op.drop_table("update_plan")
    op.drop_table("restriction")
    op.drop_table("legal_authority")
    op.drop_table("family_update")
    op.drop_table("episode")
    op.drop_table("engagement")
    op.drop_table("draft")
    op.drop_table("document")
    op.drop_table("circle_member")
    op.drop_table("professional")
    op.drop_table("person_relation")
    op.drop_table("contact_point")
    op.drop_table("client")
    op.drop_table("address")
    op.drop_table("person")
    op.drop_table("blob_chunk")
    op.drop_table("setting")
    op.drop_table("organisation")
    op.drop_table("code_list")
    op.drop_table("blob")
