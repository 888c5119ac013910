/** Tables of the image service; made by the migration of the same name. */
export interface ImageTables {
  images: {
    id: string;
    name: string | null;
    status: string;
    visibility: string;
    /** The project it belongs to. */
    owner_id: string | null;
    disk_format: string | null;
    container_format: string | null;
    size_bytes: number | null;
    virtual_size_bytes: number | null;
    min_disk_gib: number;
    min_ram_mib: number;
    is_protected: number;
    is_hidden: number;
    /** MD5, in hexadecimal. */
    checksum: string | null;
    hash_algorithm: string | null;
    hash_value: string | null;
    /** The upload that is filling the image; tells its end from that of an earlier one. */
    upload_id: string | null;
    created_ms: number;
    updated_ms: number;
  };
  image_properties: { image_id: string; name: string; value: string };
  image_tags: { image_id: string; tag: string };
  image_members: {
    image_id: string;
    /** The project with which the image is shared. */
    member_id: string;
    status: string;
    created_ms: number;
    updated_ms: number;
  };
  /** Ids once used, never given again; data of those with `has_data` are still to be removed. */
  image_deletions: { image_id: string; has_data: number; deleted_ms: number };
}
